import assert from "node:assert/strict";
import { test } from "node:test";
import { addressGuard } from "./address-guard.ts";

const REFUSED = [
  "0.0.0.0",
  "0.1.2.3",
  "10.0.0.1",
  "100.64.0.1",
  "127.0.0.1",
  "127.255.0.1",
  "169.254.169.254",
  "172.16.0.1",
  "172.31.255.255",
  "192.0.0.8",
  "192.0.2.1",
  "192.88.99.1",
  "192.168.1.1",
  "198.18.0.1",
  "198.19.255.255",
  "198.51.100.1",
  "203.0.113.1",
  "224.0.0.1",
  "239.1.1.1",
  "240.0.0.1",
  "255.255.255.255",
  "::",
  "::1",
  "fc00::1",
  "fd00:ec2::254",
  "fe80::1",
  "fe80::1%eth0",
  "fec0::1",
  "ff02::1",
  "2001:db8::1",
  "2001::1",
  "2002:7f00:1::",
  "3fff::1",
  "100::1",
  "64:ff9b::7f00:1",
  "64:ff9b:1::1",
  "5f00::1",
  "::127.0.0.1",
  "::7f00:1",
  "100:0:0:1::1",
  "4000::1",
  "::ffff:127.0.0.1",
  "::ffff:7f00:1",
  "::ffff:169.254.169.254",
  "not an address",
  "",
];
const PUBLIC = ["8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "::ffff:8.8.8.8"];

test("only plain unicast addresses are public", () => {
  const { check } = addressGuard([]);
  assert.deepEqual(
    REFUSED.filter((address) => check(address) !== "refused"),
    [],
  );
  assert.deepEqual(
    PUBLIC.filter((address) => check(address) !== "public"),
    [],
  );
});

test("the operator's ranges are allowed, however their addresses are written, and no others", () => {
  const { check } = addressGuard(["127.0.0.0/8", "10.1.0.0/16", "fd00:1::/32"]);
  for (const address of ["127.0.0.1", "::ffff:127.0.0.1", "10.1.9.9", "fd00:1::5"]) {
    assert.equal(check(address), "allowed", address);
  }
  for (const address of ["10.2.0.1", "fd00:2::5", "::1"]) assert.equal(check(address), "refused");
  assert.equal(check("8.8.8.8"), "public");
});
