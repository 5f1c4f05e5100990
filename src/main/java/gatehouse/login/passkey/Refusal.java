package gatehouse.login.passkey;

/**
 * Why a passkey was not accepted: one name for each check of W3C Web Authentication Level 3 §7.1
 * and §7.2 that can fail. For the log and for tests; the person at the page reads the same sentence
 * whatever it was.
 */
public enum Refusal {
  /** The form was not made for this browser, is too old, or has been sent before. */
  REPLAYED,
  /** Something is missing or is not in the format it should have. */
  MALFORMED,
  /** A signature made for another ceremony (§7.1 step 7, §7.2 step 10). */
  WRONG_TYPE,
  /** The challenge is not the one of this form (§7.1 step 8, §7.2 step 11). */
  WRONG_CHALLENGE,
  /** The page that asked was not ours (§7.1 step 9, §7.2 step 12). */
  WRONG_ORIGIN,
  /** Our page was inside a frame of somebody else's (§7.1 steps 10 and 11, §7.2 13 and 14). */
  CROSS_ORIGIN,
  /** The passkey belongs to another relying party (§7.1 step 14, §7.2 step 15). */
  WRONG_RP_ID,
  /** Nobody touched the authenticator (§7.1 step 15, §7.2 step 16). */
  USER_NOT_PRESENT,
  /** The authenticator did not check who touched it (§7.1 step 16, §7.2 step 17). */
  USER_NOT_VERIFIED,
  /** It is backed up but cannot be (§7.1 step 17, §7.2 step 18). */
  BACKED_UP_INELIGIBLY,
  /** It could be backed up at first and now cannot, or the reverse (§7.2 step 19). */
  BACKUP_ELIGIBILITY_CHANGED,
  /** A kind of key we did not ask for (§7.1 step 20). */
  WRONG_ALGORITHM,
  /** A credential id of more than 1,023 bytes (§7.1 step 25). */
  ID_TOO_LONG,
  /** The credential id is registered already, perhaps for somebody else (§7.1 step 26). */
  ALREADY_REGISTERED,
  /** More passkeys than one person needs. */
  TOO_MANY,
  /** We have no such credential (§7.2 step 6). */
  UNKNOWN_CREDENTIAL,
  /** It is somebody else's than the user who has already been identified (§7.2 step 6). */
  WRONG_USER,
  /** The user handle in the response is not the owner's, or is missing (§7.2 step 6). */
  WRONG_USER_HANDLE,
  /** The signature was made with another key or over something else (§7.2 step 21). */
  BAD_SIGNATURE,
  /** The counter did not go up: there may be two copies of the key (§7.2 step 22). */
  COUNTER_WENT_BACK
}
