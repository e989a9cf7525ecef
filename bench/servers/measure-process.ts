export interface ProcessMeasure {
  /** User and system time of all threads since the process began. */
  cpuUs: number;
  /** The part of it that the main thread had. */
  mainCpuUs: number;
  rssBytes: number;
}

/** What this process has used so far. With `isCollected` garbage is collected first (`--expose-gc`). */
export function measureProcess({ isCollected }: { isCollected: boolean }): ProcessMeasure {
  // The second one takes what finalizers of the first have let go.
  if (isCollected) for (let round = 0; round < 2; round += 1) globalThis.gc?.();
  const { user, system } = process.cpuUsage();
  const main = process.threadCpuUsage();
  return { cpuUs: user + system, mainCpuUs: main.user + main.system, rssBytes: process.memoryUsage.rss() };
}
