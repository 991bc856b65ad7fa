import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { sumUsd, type Usd } from "#lib/money/money.ts";
import { inTreeOrder, type Team, teamsFrom } from "./teams.ts";
import { spendInTree } from "./tree-spend.ts";

const team = (slug: string, parent: string | null): Team => ({
  ...{ slug, name: slug, parent, costCenter: null, owners: [] },
  ...{ createdAt: new Date(0), archivedAt: null, merged: null },
});

/** Trees: each team stands below one with a smaller number, or below none, or below one that is not there. */
const anyTree = fc
  .array(fc.tuple(fc.nat(), fc.bigInt({ min: 0n, max: 10n ** 24n })), { maxLength: 20 })
  .map((nodes) =>
    nodes.map(([at, cost], index) => {
      const parent = at % (index + 2) === index ? null : `t${(at % (index + 2)) - 1}`;
      const isKnown = parent === null || Number(parent.slice(1)) < index;
      return { team: team(`t${index}`, isKnown ? parent : null), cost: cost as Usd };
    }),
  );

test("sums with teams below are those of the team and of all below; the roots' are all there is", () => {
  fc.assert(
    fc.property(anyTree, (nodes) => {
      const teams = nodes.map((node) => node.team);
      const own = new Map(nodes.map(({ team: { slug }, cost }) => [slug, cost]));
      const tree = inTreeOrder(teams);
      assert.equal(tree.length, teams.length);
      const spend = spendInTree(tree, own);
      for (const { slug } of teams) {
        const below = teamsFrom(teams, slug).flatMap((name) => own.get(name) ?? []);
        assert.equal(spend.get(slug)?.withBelow, sumUsd(below));
        assert.equal(spend.get(slug)?.own, own.get(slug));
      }
      const roots = tree.filter(({ depth }) => depth === 0);
      const inAll = sumUsd(roots.flatMap(({ slug }) => spend.get(slug)?.withBelow ?? []));
      assert.equal(inAll, sumUsd(own.values()));
    }),
  );
});
