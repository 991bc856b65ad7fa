import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { eventWords } from "../event-words.ts";
import { emailOf } from "./email.ts";
import { formatBody, type StoredEvent } from "./format.ts";

const URL_OF_BUDGET = "https://outlay.example/budgets/b1";
const BUDGET = {
  ...{ id: "b1", name: "Payments", scope: { team: "payments" }, limit: "5000", currency: "USD" },
  ...{ period_start: "2026-11-01T00:00:00Z", period_end: "2026-12-01T00:00:00Z" },
};
const crossed = (name: string, kind: "actual" | "forecast" = "actual"): StoredEvent => ({
  id: "0193",
  at: new Date("2026-11-22T16:00:07Z"),
  type: "budget.threshold_crossed",
  data: {
    budget: { ...BUDGET, name },
    threshold: { kind, percent: 80 },
    spent: "4012.554999999999999999",
    forecast: { p10: "4890.10", p50: "5410.00", p90: "6020.75" },
    crossing_date: "2026-11-27",
    top_drivers: [{ dimension: "model", value: "gpt-5.5", change: "310.20" }],
    as_of: "2026-11-22T16:00:00Z",
    url: URL_OF_BUDGET,
  },
});
const periodStarted: StoredEvent = {
  ...{ id: "0194", at: new Date("2026-12-01T00:00:00Z"), type: "budget.period_started" },
  data: {
    ...{ budget: BUDGET, url: URL_OF_BUDGET },
    as_of: "2026-12-01T00:00:00Z",
  },
};
const parsed = (format: "json" | "slack" | "teams" | "pagerduty" | "discord", event: StoredEvent) =>
  JSON.parse(
    formatBody(format, event, { routingKey: "0123456789abcdef0123456789abcdef", language: "en" }),
  );

describe("the formats of one event", () => {
  test("JSON is the event as the contract prints it", () => {
    const event = crossed("Payments November");
    assert.deepEqual(parsed("json", event), {
      type: "budget.threshold_crossed",
      timestamp: "2026-11-22T16:00:07Z",
      data: event.data,
    });
  });

  test("Slack gets a fallback, blocks and a button, with its three characters escaped", () => {
    const message = parsed("slack", crossed("<!channel> R&D"));
    assert.equal(
      message.text,
      "&lt;!channel&gt; R&amp;D: spend at 80 % of the budget. 4,012.55 USD spent of 5,000.00 USD. At this pace you will cross 5,000.00 USD on Friday 27 November.",
    );
    assert.deepEqual(
      message.blocks.map(({ type }: { type: string }) => type),
      ["header", "section", "actions"],
    );
    assert.equal(message.blocks[2].elements[0].url, URL_OF_BUDGET);
    assert.deepEqual(message.blocks[1].fields[1], {
      type: "mrkdwn",
      text: "*Spent*\n4,012.55 USD of 5,000.00 USD",
    });
  });

  test("Teams gets an Adaptive Card in a message", () => {
    const { type, attachments } = parsed("teams", crossed("[x](https://evil.example)"));
    assert.equal(type, "message");
    assert.equal(attachments[0].contentType, "application/vnd.microsoft.card.adaptive");
    const { content } = attachments[0];
    assert.deepEqual([content.type, content.version], ["AdaptiveCard", "1.4"]);
    assert.ok(content.body[0].text.startsWith("\\[x\\](https://evil.example)"));
    assert.equal(content.actions[0].url, URL_OF_BUDGET);
  });

  test("in Teams a backslash takes no escape away", () => {
    const { attachments } = parsed("teams", crossed("\\[x\\](https://evil.example)"));
    const title: string = attachments[0].content.body[0].text;
    assert.ok(title.startsWith("\\\\\\[x\\\\\\](https://evil.example)"), title);
  });

  test("PagerDuty is triggered by a crossing and resolved by the next period, under one key", () => {
    const trigger = parsed("pagerduty", crossed("Payments"));
    const resolve = parsed("pagerduty", periodStarted);
    assert.deepEqual([trigger.event_action, resolve.event_action], ["trigger", "resolve"]);
    assert.equal(trigger.dedup_key, resolve.dedup_key);
    assert.equal(trigger.routing_key, "0123456789abcdef0123456789abcdef");
    assert.equal(trigger.payload.severity, "warning");
    assert.equal(trigger.payload.custom_details.spent, "4012.554999999999999999");
  });

  test("PagerDuty's incident on a budget ends with the last threshold that is crossed, not before", () => {
    const uncrossed = (still: object | null, because = "correction") => {
      const { data } = crossed("Payments");
      const event = { ...data, because, still_crossed: still } as object;
      return parsed("pagerduty", {
        ...{ id: "0195", at: new Date("2026-11-23T00:00:00Z"), data: event },
        type: "budget.threshold_uncrossed",
      } as StoredEvent);
    };
    const begun = parsed("pagerduty", crossed("Payments"));
    const [less, over] = [uncrossed({ kind: "actual", percent: 50 }), uncrossed(null)];
    assert.deepEqual([less.event_action, over.event_action], ["trigger", "resolve"]);
    assert.deepEqual([less.dedup_key, over.dedup_key], [begun.dedup_key, begun.dedup_key]);
    assert.equal(less.payload.severity, "info");
    assert.match(less.payload.summary, /back below 80 %.*Spend is still over 50 % of it\.$/);
    assert.match(
      uncrossed(null, "limit").payload.summary,
      /back below 80 %.*The limit is now 5,000\.00 USD, of which 4,012\.55 USD is spent\.$/,
    );
    assert.match(
      uncrossed({ kind: "forecast", percent: 100 }).payload.summary,
      /The forecast is still over 100 % of it\.$/,
    );
  });

  test("who takes on an anomaly acknowledges it at PagerDuty", () => {
    const anomaly = { id: "a1", title: "Spend of agent refunds doubled" };
    const data = { anomaly, as_of: "2026-11-22T16:00:00Z", url: "https://outlay.example/a1" };
    const events = (["opened", "acknowledged", "resolved"] as const).map((what) =>
      parsed("pagerduty", {
        ...{ id: "0196", at: new Date("2026-11-22T16:00:00Z"), type: `anomaly.${what}` },
        data: { ...data, anomaly: { ...anomaly, owner: "ana@example.com" } },
      } as StoredEvent),
    );
    assert.deepEqual(
      events.map((each) => each.event_action),
      ["trigger", "acknowledge", "resolve"],
    );
    assert.equal(new Set(events.map((each) => each.dedup_key)).size, 1);
    assert.match(events[1].payload.summary, /^Taken on: .*ana@example\.com looks into it\.$/);
  });

  test("parts of a cent are not told as nothing", () => {
    const event = crossed("Payments");
    const data = { ...event.data, spent: "0.0351", budget: { ...BUDGET, limit: "0.001" } };
    const { text } = emailOf(eventWords({ ...event, data } as StoredEvent, "en"));
    assert.match(text, /0\.035 USD spent of 0\.001 USD/);
  });

  test("Discord mentions nobody", () => {
    const { embeds, allowed_mentions: mentions } = parsed("discord", crossed("@everyone *now*"));
    assert.deepEqual(mentions, { parse: [] });
    assert.ok(embeds[0].title.startsWith("@everyone \\*now\\*"));
  });

  test("a mail names the date on which the budget will be crossed", () => {
    const { subject, text } = emailOf(eventWords(crossed("Payments", "forecast"), "en"));
    assert.equal(subject, "[Outlay] Payments: you will cross the budget on Friday 27 November");
    assert.match(text, /you will cross 5,000\.00 USD on Friday 27 November\. 4,012\.55 USD spent/);
    assert.match(
      text,
      /Forecast: 5,410\.00 USD \(four times in five 4,890\.10 USD to 6,020\.75 USD\)/,
    );
  });

  test("a mail in Chinese is set as Chinese is, and says what a driver's amount is", () => {
    const event = crossed("Payments");
    const data = { ...event.data, unpriced_calls: 2, crossing_date: null };
    const budget = { ...BUDGET, limit: "20000", currency: "tokens" };
    const mail = (changed: object) =>
      emailOf(eventWords({ ...event, data: { ...data, ...changed } } as StoredEvent, "zh-Hant"))
        .text;
    assert.match(mail({}), /已支出 4,012\.55 USD。另有 2 次呼叫/);
    assert.match(mail({}), /^增加最多的模型：gpt-5\.5，比前一期同幾天多 310\.20 USD$/m);
    assert.match(mail({ budget, spent: "563332" }), /^已支出：563,332 個 Token／20,000 個 Token$/m);
  });

  test("whatever a budget is called, every service's limits hold", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 500 }), (name) => {
        const event = crossed(name);
        const slack = parsed("slack", event);
        assert.ok(slack.blocks[0].text.text.length <= 150);
        assert.ok(parsed("pagerduty", event).payload.summary.length <= 1_024);
        const [embed] = parsed("discord", event).embeds;
        assert.ok(embed.title.length <= 256);
        assert.ok(JSON.stringify(embed).length <= 6_000);
        assert.ok(Buffer.byteLength(JSON.stringify(parsed("teams", event))) <= 28_000);
      }),
    );
  });
});
