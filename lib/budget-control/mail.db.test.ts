import assert from "node:assert/strict";
import { after, beforeEach, describe, test } from "node:test";
import { parseAmount } from "#lib/budgets/amount.ts";
import { createMailer } from "#lib/mail/mailer.ts";
import { startDeliveryTest } from "#lib/notifications/testing/delivery-test.ts";
import { ADMIN, budgetBench, DAY_MS, LINKS, NOW, spend } from "#lib/testing/budget-spend.ts";
import { readLetter, startMailServer } from "#lib/testing/mail-server.ts";
import { sendDigest } from "./digest.ts";
import { decideIncrease, requestIncrease } from "./increases.ts";

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

/** What is told the day after of what was told already. */
async function mailOfTheDay() {
  await letters();
  server.letters.length = 0;
  await sendDigest(sql, NOW + DAY_MS, LINKS);
  await work();
  const [letter] = server.letters.map(readLetter);
  return letter;
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
    const letter = await mailOfTheDay();
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

const wanted = { amount: parseAmount("50"), reason: "launch", startsAt: null, endsAt: null };

describe("the mail on a request for more", () => {
  const asker = {
    ...ADMIN,
    id: "u-ana",
    label: "Ana",
    role: "manager",
    teams: ["payments"],
  } as const;
  const at = new Date(NOW);
  const ask = async () => {
    await sql`
      insert into auth_user (id, name, email, role)
      values ('u-ana', 'Ana', 'ana@acme.example', 'manager') on conflict do nothing`;
    const { id: budgetId } = await set();
    const { id } = await requestIncrease(sql, asker, budgetId, wanted, at, LINKS);
    return { budgetId, id };
  };

  test("comes to those who decide, and its answer to who asked", async () => {
    await mailTo("en");
    const of = await ask();
    await work();
    const yes = { status: "approved", note: "for the launch alone" } as const;
    await decideIncrease(sql, ADMIN, of, yes, at, LINKS);
    await work();
    const [asked, answered, ...others] = server.letters.map(readLetter);
    assert.deepEqual(others, []);
    assert.equal(asked?.subject, "[Outlay] Payments November: Ana asks for 50.00 USD more");
    assert.match(asked?.text ?? "", /Reason: launch/);
    assert.match(server.letters[0] ?? "", /^To: lead@acme\.example\r?$/m);
    assert.equal(answered?.subject, "[Outlay] Payments November: 50.00 USD more approved");
    assert.match(answered?.text ?? "", /The limit is 50\.00 USD higher until Monday 30 November/);
    assert.match(answered?.text ?? "", /Decided by: ada@example\.com/);
    assert.match(answered?.text ?? "", /Note: for the launch alone/);
    assert.match(server.letters[1] ?? "", /^To: lead@acme\.example, ana@acme\.example\r?$/m);
  });

  test("is in the language that is asked for, and goes to nobody else when it is withdrawn", async () => {
    await mailTo("zh-Hant");
    const of = await ask();
    await work();
    await decideIncrease(sql, asker, of, { status: "withdrawn", note: null }, at, LINKS);
    await work();
    assert.deepEqual(
      server.letters.map((letter) => readLetter(letter).subject),
      [
        "[Outlay] Payments November：Ana 申請增加 50.00 USD",
        "[Outlay] Payments November：已撤回增加 50.00 USD",
      ],
    );
    assert.doesNotMatch(server.letters[1] ?? "", /ana@acme\.example/);
  });

  test("is not sent where whoever asks may approve it", async () => {
    await mailTo("en");
    const { id } = await set();
    await requestIncrease(sql, ADMIN, id, wanted, at, LINKS);
    await work();
    assert.deepEqual(server.letters, []);
  });
});

test("the mail of the day says how many budgets it does not name", async () => {
  await mailTo("en");
  for (let count = 1; count <= 23; count += 1) await set({ name: `B${count}`, thresholds: [80] });
  await today("85");
  const letter = await mailOfTheDay();
  assert.match(letter?.subject ?? "", /^\[Outlay\] 23 budgets are still over a threshold: /);
  assert.ok(letter?.text.includes(`And 3 more: ${LINKS.publicUrl}/budgets`), letter?.text);
});
