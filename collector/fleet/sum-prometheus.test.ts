import assert from "node:assert/strict";
import { test } from "node:test";
import { sumPrometheus } from "./sum-prometheus.ts";

test("adds the same samples up, keeps the others, and says what each is once", () => {
  const first = `# HELP requests_total Answered.
# TYPE requests_total counter
requests_total{signal="traces",code="200"} 7
requests_total{signal="logs",code="200"} 1
# HELP held Bytes now.
# TYPE held gauge
held 100
`;
  const second = `# HELP requests_total Answered.
# TYPE requests_total counter
requests_total{signal="traces",code="200"} 5
requests_total{signal="traces",code="401"} 2
# HELP held Bytes now.
# TYPE held gauge
held 0
`;
  assert.equal(
    sumPrometheus([first, second]),
    `# HELP requests_total Answered.
# TYPE requests_total counter
requests_total{signal="traces",code="200"} 12
requests_total{signal="logs",code="200"} 1
requests_total{signal="traces",code="401"} 2
# HELP held Bytes now.
# TYPE held gauge
held 100
`,
  );
});

test("one process alone keeps its text", () => {
  const text = "# HELP held Bytes now.\n# TYPE held gauge\nheld 3\n";
  assert.equal(sumPrometheus([text]), text);
});
