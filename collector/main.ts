import cluster from "node:cluster";
import { availableParallelism } from "node:os";
import { readServiceConfig } from "#lib/config.ts";
import { createLog } from "#lib/log.ts";
import { runFleet } from "./fleet/run-fleet.ts";
import { serveOtlp } from "./serve.ts";

/** One writes to the ledger at a time, so more would only wait for it. */
const MOST_BY_DEFAULT = 4;

// The collector: one process that serves, or several that share its ports.
const config = readServiceConfig(process.env);
const log = createLog("collector");
const processes = config.collectorProcesses ?? Math.min(availableParallelism(), MOST_BY_DEFAULT);
if (cluster.isPrimary && processes > 1) await runFleet(processes, log);
else await serveOtlp(config, log);
