import { useLocale, useTranslations } from "next-intl";
import { Count } from "#app/_components/count.tsx";
import { FigureLink } from "#app/_components/figure-link.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { formatShare } from "#app/_format/format-count.ts";
import { pageHref } from "#app/_query/links.ts";
import type { PageQuery } from "#app/_query/page-query.ts";
import { type Tokens, totalTokens } from "#lib/usage/tokens.ts";
import { countPairs } from "../explore/explore-pairs.ts";
import type { Measure } from "../explore/measures.ts";

/** The classes that add up to the total; `reasoning` is part of `output` and stands below it. */
const CLASSES = [
  ["input_uncached", "var(--chart-1)"],
  ["cache_read", "var(--chart-4)"],
  ["cache_write_5m", "var(--chart-8)"],
  ["cache_write_1h", "var(--chart-3)"],
  ["output", "var(--chart-2)"],
] as const;

/** Tokens by class: where the volume is, and how much of it the cache carried. */
export function TokenClasses({
  tokens,
  query,
}: {
  readonly tokens: Tokens;
  /** What they are of. */
  readonly query: PageQuery;
}) {
  const t = useTranslations("Tokens");
  const locale = useLocale();
  const total = totalTokens(tokens);
  const byModel = (measure: Measure) => pageHref("/explore", query, countPairs(measure, "model"));
  return (
    <Panel title={t("title")}>
      <div className="flex flex-col gap-4 px-4 py-4">
        <p className="figures font-semibold text-figure tracking-tight">
          <FigureLink href={byModel("tokens")}>
            <Count value={total} short />
          </FigureLink>
        </p>
        <div className="flex h-2.5 gap-px overflow-hidden rounded-full bg-hover" aria-hidden>
          {CLASSES.map(([name, color]) => (
            <span key={name} style={{ flexGrow: tokens[name], background: color }} />
          ))}
        </div>
        <dl className="flex flex-col gap-2">
          {CLASSES.map(([name, color]) => (
            <div key={name} className="grid grid-cols-[1fr_auto_3.25rem] items-center gap-2">
              <dt className="flex items-center gap-2 text-muted">
                <span className="size-2.5 rounded-sm" style={{ background: color }} />
                {t(name)}
              </dt>
              <dd className="text-right">
                <FigureLink href={byModel(name)}>
                  <Count value={tokens[name]} short />
                </FigureLink>
              </dd>
              <dd className="figures text-right text-faint text-xs">
                {formatShare(BigInt(tokens[name]), BigInt(total), locale) ?? "–"}
              </dd>
            </div>
          ))}
          <div className="grid grid-cols-[1fr_auto_3.25rem] items-center gap-2 border-line border-t pt-2">
            <dt className="pl-4.5 text-muted">{t("reasoning")}</dt>
            <dd className="text-right">
              <FigureLink href={byModel("reasoning")}>
                <Count value={tokens.reasoning} short />
              </FigureLink>
            </dd>
            <dd />
          </div>
        </dl>
      </div>
    </Panel>
  );
}
