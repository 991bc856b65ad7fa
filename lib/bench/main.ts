import { mkdtemp, readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { hotSpots } from "./hot-spots.ts";
import { benchIngest } from "./ingest-bench.ts";
import { ingestReport, profileReport } from "./print-report.ts";

const { values } = parseArgs({
  options: {
    requests: { type: "string", default: "5000" },
    "warm-up": { type: "string", default: "500" },
    connections: { type: "string", default: "16" },
    "split-traces": { type: "boolean", default: false },
    profile: { type: "boolean", default: false },
  },
});
const profileDirectory = values.profile
  ? await mkdtemp(join(tmpdir(), "outlay-bench-profile-"))
  : null;
const result = await benchIngest({
  requests: Number(values.requests),
  warmUpRequests: Number(values["warm-up"]),
  connections: Number(values.connections),
  splitTraces: values["split-traces"],
  seed: 1,
  profileDirectory,
});
process.stdout.write(ingestReport(result));
if (profileDirectory !== null) {
  const [file = ""] = await readdir(profileDirectory);
  process.stdout.write(
    profileReport(await hotSpots(join(profileDirectory, file), 30), result.statements),
  );
}
