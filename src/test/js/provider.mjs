// What an application adds to the SDKs' own OAuth code: memory, and a way to the user's browser.

export class Provider {
  redirectUrl = 'http://127.0.0.1:33418/callback';
  clientMetadata = {
    client_name: 'Interop test',
    redirect_uris: [this.redirectUrl],
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    token_endpoint_auth_method: 'none',
  };
  authorizations = [];
  keepsRefreshTokens = true;
  #discovery;
  #information;
  #tokens;
  #verifier;
  #state;

  constructor(person) {
    this.person = person;
  }

  state() {
    this.#state = crypto.randomUUID();
    return this.#state;
  }

  clientInformation() {
    return this.#information;
  }

  saveClientInformation(information) {
    this.#information = information;
  }

  tokens() {
    return this.#tokens;
  }

  saveTokens(tokens) {
    this.#tokens = tokens;
    if (!this.keepsRefreshTokens) {
      delete this.#tokens.refresh_token;
    }
  }

  /** What discovery found, so that the answer is taken to the server that was asked. */
  saveDiscoveryState(state) {
    this.#discovery = state;
  }

  discoveryState() {
    return this.#discovery;
  }

  saveCodeVerifier(verifier) {
    this.#verifier = verifier;
  }

  codeVerifier() {
    return this.#verifier;
  }

  /** Forgets what the user has allowed, as an application's "connect again" does. */
  forgetTokens() {
    this.#tokens = undefined;
  }

  async redirectToAuthorization(url) {
    this.authorizations.push({ scope: url.searchParams.get('scope') });
    this.callback = (await this.person.authorize(url)).searchParams;
    if (this.callback.get('state') !== this.#state) {
      throw new Error('the state came back changed');
    }
  }
}

/** One finding for the JUnit test that runs the script. */
export function say(step, facts) {
  console.log(JSON.stringify({ step, ...facts }));
}
