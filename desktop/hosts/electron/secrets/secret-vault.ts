/** Why secrets cannot be kept here. */
export type VaultTrouble =
  /** This system has nothing that keeps secrets. */
  | 'missing'
  /** It does not answer: it may be waiting for the person to unlock it. */
  | 'silent'
  /** It refuses. */
  | 'refused';

export class VaultUnavailable extends Error {
  readonly trouble: VaultTrouble;

  constructor(trouble: VaultTrouble, options?: ErrorOptions) {
    super(`the secret vault is of no use: ${trouble}`, options);
    this.name = 'VaultUnavailable';
    this.trouble = trouble;
  }
}

/** Small secrets by name, out of reach of whoever reads the profile's files. Everything rejects with `VaultUnavailable` only. */
export interface SecretVault {
  /** Null where there is none. */
  read(name: string): Promise<string | null>;
  write(name: string, secret: string): Promise<void>;
  /** Also where there is none. */
  erase(name: string): Promise<void>;
}
