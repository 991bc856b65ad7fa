import assert from "node:assert/strict";
import { after, beforeEach, describe, test } from "node:test";
import { createMailer } from "#lib/mail/mailer.ts";
import { startDeliveryTest } from "#lib/notifications/testing/delivery-test.ts";
import { budgetBench, DAY_MS, LINKS, NOW, spend } from "#lib/testing/budget-spend.ts";
import { readLetter, startMailServer } from "#lib/testing/mail-server.ts";
import { sendDigest } from "./digest.ts";

const server = await startMailServer();
after(server.close);
const mailer = createMailer({ smtpUrl: server.url, from: "Outlay <outlay@acme.example>" });
const { sql, endpoint, work } = await startDeliveryTest(mailer);
const { reset, set, look, today } = budgetBench(sql);

beforeEach(async () => {
  await reset();
  server.letters.length = 0;
});

/** Ten dollars a day, for two months until yesterday. */
async function steadySpend(): Promise<void> {
  for (let day = 0; day < 60; day += 1) {
    const at = new Date(Date.parse("2026-09-23T00:00:00Z") + day * 86_400_000);
    await spend(sql, { day: at.toISOString().slice(0, 10), usd: "10" });
  }
}

const mailTo = (language: string) =>
  endpoint({ url: undefined, format: "email", to: ["lead@acme.example"], language });

async function letters() {
  await look();
  await work();
  return server.letters.map(readLetter);
}

describe("the mail on a budget", () => {
  const forecast = { limit: "275", thresholds: [{ kind: "forecast", percent: 100 }] };

  test("names the day on which it will be crossed, and what is spent, once", async () => {
    await mailTo("en");
    await steadySpend();
    await set({ ...forecast, owner: "ada@example.com" });
    const [letter, ...others] = await letters();
    assert.deepEqual(others, []);
    // 210 until yesterday and ten a day from today, the 22nd: the 28th is the first to pass 275.
    assert.equal(
      letter?.subject,
      "[Outlay] Payments November: you will cross the budget on Saturday 28 November",
    );
    const text = letter?.text ?? "";
    assert.match(text, /At this pace you will cross 275\.00 USD on Saturday 28 November/);
    assert.match(text, /Spent: 210\.00 USD of 275\.00 USD/);
    assert.match(text, /Starts anew: Tuesday 1 December/);
    assert.match(text, /Owner: ada@example\.com/);
    assert.match(text, /^http\S+\/budgets\/[0-9a-f-]{36}\r?$/m);
    assert.equal((await letters()).length, 1);
  });

  test("is written in the language that the endpoint asks for", async () => {
    await mailTo("zh-Hant");
    await steadySpend();
    await set(forecast);
    const [letter] = await letters();
    assert.equal(letter?.subject, "[Outlay] Payments November：將於11月28日星期六超出預算");
    assert.match(letter?.text ?? "", /照目前的速度，將於11月28日星期六超出 275\.00 USD/);
    assert.match(letter?.text ?? "", /重新起算：12月1日星期二/);
  });

  test("says what was spent when the limit is passed, and promises no date that has been", async () => {
    await mailTo("en");
    await steadySpend();
    await set({ limit: "215", thresholds: [80] });
    await today("6");
    const all = await letters();
    assert.deepEqual(all.map(({ subject }) => subject).toSorted(), [
      "[Outlay] Budget exceeded: Payments November",
      "[Outlay] Payments November: spend at 80 % of the budget",
    ]);
    for (const { text } of all) {
      assert.match(text, /216\.00 USD spent of 215\.00 USD/);
      assert.doesNotMatch(text, /will cross/);
    }
  });

  test("of the day says of each budget whose it is, when it starts anew, and where it is", async () => {
    await mailTo("en");
    const { id } = await set({ owner: "ada@example.com", thresholds: [80] });
    await today("85");
    await letters();
    server.letters.length = 0;
    await sendDigest(sql, NOW + DAY_MS, LINKS);
    await work();
    const [letter] = server.letters.map(readLetter);
    assert.equal(letter?.subject, "[Outlay] Payments November: still over a threshold");
    assert.ok(
      letter?.text
        .replaceAll("\r", "")
        .includes(`Payments November: 85.00 USD of 100.00 USD (over 80 %)
  team payments · Starts anew: Tuesday 1 December · Owner: ada@example.com
  ${LINKS.publicUrl}/budgets/${id}
`),
      letter?.text,
    );
  });
});
