/** Who asks, as the transport has made sure. */
export interface Caller {
  userId: string;
  sessionId: string;
  deviceId: string;
  /** The socket the request came over, where it did: what it causes is acknowledged to it, not pushed. */
  socketId?: string;
}
