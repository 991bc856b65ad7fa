import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { freePort } from "#lib/runtime/ports.ts";
import { cpuSecondsOf } from "./cpu-time.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const STOP_MS = 10_000;

export type BenchProcess = {
  readonly child: ChildProcess;
  /** Ends it as its operator would. */
  readonly stop: () => Promise<void>;
  /** Processor time so far; null where the system does not tell it. */
  readonly cpuSeconds: () => Promise<number | null>;
};

/**
 * Runs one program of the project in a process of its own, with nothing in its
 * environment but what is given.
 *
 * @param script from the project's directory.
 */
export function startProcess(
  script: string,
  options: {
    readonly env?: Readonly<Record<string, string>>;
    readonly arguments?: readonly string[];
    readonly nodeArguments?: readonly string[];
    /** In a session of its own, as the product starts it. */
    readonly detached?: boolean;
  },
): BenchProcess {
  const child = spawn(
    process.execPath,
    [...(options.nodeArguments ?? []), script, ...(options.arguments ?? [])],
    {
      cwd: ROOT,
      env: { NODE_ENV: "production", ...options.env },
      stdio: ["ignore", "inherit", "inherit", "ipc"],
      detached: options.detached ?? false,
    },
  );
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  return {
    child,
    cpuSeconds: () => cpuSecondsOf(child.pid ?? 0),
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill("SIGTERM");
      const late = setTimeout(() => child.kill("SIGKILL"), STOP_MS);
      await exited;
      clearTimeout(late);
    },
  };
}

/** What a part of the product needs in its environment, on ports that are free. */
export async function partEnvironment(databaseUrl: string) {
  const [web, http, grpc] = [await freePort(), await freePort(), await freePort()];
  return {
    web,
    http,
    env: {
      DATABASE_URL: databaseUrl,
      OUTLAY_SECRET: "a secret of the benchmark",
      PORT: String(web),
      OTLP_HTTP_PORT: String(http),
      OTLP_GRPC_PORT: String(grpc),
    },
  };
}

/** The next message of a process. @throws when it ends without one. */
export function nextMessage<Message>({ child }: BenchProcess): Promise<Message> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number | null) => reject(new Error(`it ended with code ${code}`));
    child.once("exit", onExit);
    child.once("message", (message) => {
      child.off("exit", onExit);
      resolve(message as Message);
    });
  });
}
