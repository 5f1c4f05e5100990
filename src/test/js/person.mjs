// A person at a browser: signs in and agrees on Gatehouse's pages, and brings back the URL that the
// browser is sent to in the end. Only what plain HTML needs: cookies, redirects, one form per page.

const ENTITIES = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&amp;': '&' };

export class Person {
  #cookies = new Map();

  constructor(name, password) {
    this.name = name;
    this.password = password;
  }

  /** Opens the address and does what the pages ask for, until the browser leaves their origin. */
  async authorize(url) {
    const origin = new URL(url).origin;
    let response = await this.#send(url);
    for (let steps = 0; steps < 10; steps++) {
      const location = response.headers.get('location');
      if (location) {
        const target = new URL(location, response.url);
        if (target.origin !== origin) {
          return target;
        }
        response = await this.#send(target);
      } else {
        response = await this.#fillIn(await response.text(), response);
      }
    }
    throw new Error('the pages lead nowhere');
  }

  async #fillIn(html, response) {
    const form = /<form[^>]* action="([^"]*)"[^>]*>(.*?)<\/form>/s.exec(html);
    if (!response.ok || !form) {
      throw new Error(`page ${response.status} at ${response.url}: ${text(html)}`);
    }
    const values = new URLSearchParams();
    for (const [input] of form[2].matchAll(/<input[^>]*>/g)) {
      const name = attribute(input, 'name');
      if (name && (attribute(input, 'type') !== 'checkbox' || / checked/.test(input))) {
        values.append(name, attribute(input, 'value') ?? '');
      }
    }
    if (values.has('username')) {
      values.set('username', this.name);
      values.set('password', this.password);
    } else {
      values.set('decision', 'allow');
    }
    return this.#send(decode(form[1]), values);
  }

  async #send(url, form) {
    const response = await fetch(url, {
      method: form ? 'POST' : 'GET',
      body: form,
      redirect: 'manual',
      headers: { cookie: [...this.#cookies].map((pair) => pair.join('=')).join('; ') },
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
      this.#cookies.set(name, value);
    }
    return response;
  }
}

function attribute(tag, name) {
  const found = new RegExp(` ${name}="([^"]*)"`).exec(tag);
  return found && decode(found[1]);
}

function decode(html) {
  return html.replace(/&(lt|gt|quot|#39|amp);/g, (entity) => ENTITIES[entity]);
}

function text(html) {
  return html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ').trim();
}
