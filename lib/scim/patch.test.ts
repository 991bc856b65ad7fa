import assert from "node:assert/strict";
import { test } from "node:test";
import { readFilter } from "./filter.ts";
import { patchGroup, patchUser } from "./patch.ts";
import { PatchInput, UserInput } from "./resources.ts";

const ann = {
  userName: "ann@acme.example",
  displayName: "Ann",
  emails: [{ value: "ann@acme.example" }],
  active: true,
};
const operations = (...Operations: object[]) => PatchInput.parse({ Operations }).Operations;
const patched = (...list: object[]) => UserInput.parse(patchUser(ann, operations(...list)));

test("a person is switched off in every directory's spelling", () => {
  for (const operation of [
    { op: "replace", path: "active", value: false },
    { op: "Replace", path: "active", value: "False" },
    { op: "replace", value: { active: false } },
  ]) {
    assert.equal(patched(operation).isActive, false, JSON.stringify(operation));
  }
});

test("names and addresses change by path, nested path and object", () => {
  assert.equal(patched({ op: "replace", path: "displayName", value: "Anna" }).name, "Anna");
  const parts = [
    { op: "add", path: "name.givenName", value: "Anna" },
    { op: "add", path: "name.familyName", value: "Ng" },
  ];
  assert.equal(patched(...parts).name, "Anna Ng");
  const mail = { op: "replace", path: 'emails[type eq "work"].value', value: "a@b.example" };
  assert.equal(patched(mail).email, "ann@acme.example");
  const renamed = { op: "replace", value: { userName: "Anna@Acme.example", title: "x" } };
  assert.equal(patched(renamed).email, "anna@acme.example");
  assert.equal(patched({ op: "remove", path: "externalId" }).externalId, null);
});

test("members are added, removed and replaced", () => {
  const group = { displayName: "devs", externalId: null, members: ["a", "b"] };
  const members = (...list: object[]) => patchGroup(group, operations(...list)).members;
  assert.deepEqual(members({ op: "add", path: "members", value: [{ value: "c" }] }), [
    "a",
    "b",
    "c",
  ]);
  assert.deepEqual(members({ op: "Add", path: "members", value: { value: "a" } }), ["b", "a"]);
  assert.deepEqual(members({ op: "remove", path: 'members[value eq "a"]' }), ["b"]);
  assert.deepEqual(members({ op: "remove", path: "members", value: [{ value: "b" }] }), ["a"]);
  assert.deepEqual(members({ op: "remove", path: "members" }), []);
  assert.deepEqual(members({ op: "replace", value: { members: [{ value: "x" }] } }), ["x"]);
  assert.equal(
    patchGroup(group, operations({ op: "replace", value: { id: "1", displayName: "ops" } }))
      .displayName,
    "ops",
  );
});

test("what cannot be read is refused in SCIM's words", () => {
  assert.throws(() => patchUser(ann, operations({ op: "add", value: "x" })), { status: 400 });
  const group = { displayName: "devs", externalId: null, members: [] };
  assert.throws(() => patchGroup(group, operations({ op: "add", path: "members", value: "x" })), {
    scimType: "invalidValue",
  });
  assert.equal(UserInput.safeParse({ userName: "no mail" }).success, false);
});

test("a filter is equality of a known attribute, whatever the case and the quotes inside", () => {
  assert.deepEqual(readFilter('username EQ "a\\"b"', ["userName"]), {
    attribute: "userName",
    value: 'a"b',
  });
  assert.equal(readFilter(null, ["userName"]), null);
  for (const bad of [
    'title eq "x"',
    'userName co "x"',
    "userName eq x",
    'userName eq "a" or id pr',
  ]) {
    assert.throws(() => readFilter(bad, ["userName"]), { scimType: "invalidFilter" }, bad);
  }
});
