import assert from "node:assert/strict";
import { test } from "node:test";
import { toDecimal, parseUsd as usd } from "#lib/money/money.ts";
import { personSeats } from "./person-seats.ts";
import { type PlanUser, seatUse } from "./seat-use.ts";
import { someCharge } from "./testing.ts";

const user = (team: string, name: string, provider = "openai"): PlanUser => ({
  ...{ month: 0, team, user: name, provider, model: "gpt-5.5" },
});

function pricesOf(charges: ReturnType<typeof someCharge>[], users: readonly PlanUser[]) {
  const use = seatUse(charges, users);
  const seats = charges.map((charge) => ({ charge, use: use.get(charge), each: charge.amount }));
  const priceOf = personSeats(seats);
  return (team: string, name: string) => {
    const price = priceOf(team, name);
    return price === null ? null : toDecimal(price);
  };
}

test("a person's own seat is told in its team, used or not, and in no other", () => {
  const own = { person: "Ann", team: "search", amount: usd("20") };
  for (const users of [[user("search", "ann")], [user("payments", "ann")]]) {
    const price = pricesOf([someCharge(own)], users);
    assert.deepEqual([price("search", "ann"), price("payments", "ann")], ["20", null]);
  }
});

test("of several plans each person has the price of those that they use", () => {
  const plans = [
    someCharge({ id: "a", team: "search", provider: "anthropic", amount: usd("100"), quantity: 2 }),
    someCharge({ id: "b", team: "search", provider: "openai", amount: usd("30"), quantity: 2 }),
  ];
  const users = [
    user("search", "ann"),
    user("search", "bo"),
    user("search", "bo", "anthropic"),
    user("search", "cy", "mistral"),
  ];
  const price = pricesOf(plans, users);
  const told = ["ann", "bo", "cy"].map((name) => price("search", name));
  assert.deepEqual(told, ["30", "130", null]);
});

test("a subscription is nobody's seat, and who finds no free seat has none", () => {
  const plans = [
    someCharge({ id: "a", team: "search", amount: usd("30") }),
    someCharge({ id: "b", team: "search", kind: "subscription", amount: usd("500") }),
  ];
  const price = pricesOf(plans, [user("search", "bo"), user("search", "ann")]);
  assert.deepEqual([price("search", "ann"), price("search", "bo")], ["30", null]);
});
