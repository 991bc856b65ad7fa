import { readFile } from "node:fs/promises";
import { expect, test } from "@playwright/test";
import { z } from "zod";
import { postApi } from "./support/api.ts";
import { addDecimals, parseDecimal } from "./support/decimal.ts";
import { Quote } from "./support/schemas.ts";

// What things cost: quotes, the price book and its pages.

test("quotes are those of all golden cases, to the last digit", async () => {
  const golden = z
    .array(
      z.looseObject({
        id: z.string(),
        expected_usd: z.string().nullable(),
        expected_status: z.string(),
        expected_lower_bound_usd: z.string().optional(),
      }),
    )
    .parse(JSON.parse(await readFile("lib/pricing/testdata/golden.json", "utf8")));
  expect(golden).toHaveLength(70);
  const answers = await Promise.all(golden.map((call) => postApi(Quote, "/quote", call)));
  const quoted = answers.map(({ status, usd, lower_bound }, i) => {
    return { id: golden[i]?.id, status, usd, lower_bound };
  });
  expect(quoted).toEqual(
    golden.map(({ id, expected_usd: usd, expected_status: status, ...call }) => {
      return { id, status, usd, lower_bound: call.expected_lower_bound_usd ?? usd ?? "0" };
    }),
  );
  for (const { lower_bound, lines } of answers) {
    expect(addDecimals(lines.map(({ amount }) => amount ?? "0"))).toBe(parseDecimal(lower_bound));
  }
});
