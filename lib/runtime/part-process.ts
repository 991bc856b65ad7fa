import type { Log } from "../log.ts";

/** Less than the supervisor's own patience, so that we are the ones to say why. */
const STOP_DEADLINE_MS = 6_000;

/**
 * The life of one process of Outlay, from the moment it serves: tells the
 * supervisor so, and stops on SIGTERM, on SIGINT and when the supervisor is
 * gone. Call it once, last in the process's main file.
 *
 * @param stop stops serving, finishes what was begun and closes the database.
 */
export function serveUntilStopped(log: Log, stop: () => Promise<void>): void {
  let isStopping = false;
  const end = async (): Promise<void> => {
    if (isStopping) return;
    isStopping = true;
    setTimeout(() => {
      log.error("did not stop in time");
      process.exit(1);
    }, STOP_DEADLINE_MS).unref();
    try {
      await stop();
      process.exit(0);
    } catch (error) {
      log.error("could not stop cleanly", { error: error as Error });
      process.exit(1);
    }
  };
  const onStop = () => void end();
  process.on("SIGTERM", onStop);
  process.on("SIGINT", onStop);
  if (process.send === undefined) return;
  process.on("disconnect", onStop);
  if (process.connected) process.send("ready");
  else onStop();
}
