import { type BenchProcess, nextMessage, partEnvironment, startProcess } from "./bench-process.ts";
import type { LoadReport } from "./load-process.ts";

export type Encoded = Extract<LoadReport, { kind: "encoded" }>;
export type Sent = Extract<LoadReport, { kind: "sent" }>;

/** The collector's own process, ready; with a directory for it, with a processor profile. */
export async function startCollector(
  databaseUrl: string,
  profileDirectory: string | null,
  running: BenchProcess[],
): Promise<{ collector: BenchProcess; url: string }> {
  const { env, http } = await partEnvironment(databaseUrl);
  const collector = startProcess("collector/main.ts", {
    env: {
      ...env,
      // A profile is of one process.
      ...(profileDirectory !== null && { OUTLAY_COLLECTOR_PROCESSES: "1" }),
    },
    nodeArguments:
      profileDirectory === null ? [] : ["--cpu-prof", `--cpu-prof-dir=${profileDirectory}`],
  });
  running.push(collector);
  await nextMessage(collector);
  return { collector, url: `http://127.0.0.1:${http}/v1/traces` };
}

/** Has the load generator send one stretch. @throws unless every request of it was accepted. */
export async function sendAll(
  load: BenchProcess,
  command: string,
  requests: number,
): Promise<Sent> {
  const reported = nextMessage<Sent>(load);
  load.child.send(command);
  const sent = await reported;
  if (sent.accepted !== requests) {
    throw new Error(
      `${requests - sent.accepted} of ${requests} requests were not accepted: ${sent.refusals.join("; ")}`,
    );
  }
  return sent;
}
