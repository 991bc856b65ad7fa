import assert from "node:assert/strict";
import { test } from "node:test";
import { withoutPersons } from "./person-attributes.ts";

test("attributes that tell a person go, the others stay", () => {
  const kept = {
    "service.name": "users-api-2",
    "agent.name": "reviewer",
    "business.unit": "eu",
    "requests.count": "7",
  };
  assert.deepEqual(
    withoutPersons({
      ...kept,
      "user.email": "x",
      "enduser.id": "x",
      user_id: "x",
      userId: "x",
      "gen_ai.user.name": "x",
      "session.owner": "x",
      "account.uuid": "x",
      "custom.label": "made by ann@acme.example",
    }),
    kept,
  );
});
