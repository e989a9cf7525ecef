/**
 * Carries frames between the processes of a server. What one process publishes, all that listen receive in the order it was published,
 * that process included, or not at all.
 */
export interface Wire {
  /** Known to carry nothing now, where false. */
  readonly isOpen: boolean;
  publish(frame: Buffer): void;
  /** Resolves when everything published from now on is received. */
  listen(receive: (frame: Buffer) => void): Promise<void>;
  close(): Promise<void>;
}
