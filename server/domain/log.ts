/** Where defects and troubles go. Details never hold what a person wrote, nor a secret. */
export interface Log {
  info(event: string, details?: unknown): void;
  warn(event: string, details?: unknown): void;
  error(event: string, details?: unknown): void;
}
