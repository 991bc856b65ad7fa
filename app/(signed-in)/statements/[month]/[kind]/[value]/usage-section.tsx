import { useLocale, useTranslations } from "next-intl";
import { Amount } from "#app/_components/amount.tsx";
import { FigureLink } from "#app/_components/figure-link.tsx";
import { Cell, HeadCell, Row, RowHead } from "#app/_components/table.tsx";
import type { ModelUsage } from "#lib/close/model-usage.ts";
import type { Statement } from "#lib/close/read-statement.ts";
import { modelReceiptHref } from "./statement-links.ts";
import { StatementSection } from "./statement-section.tsx";

/** What was used, by model and class of tokens. */
export function UsageSection({ statement }: { readonly statement: Statement }) {
  const { usage } = statement;
  const t = useTranslations("Statements");
  if (usage.length === 0) return null;
  return (
    <StatementSection title={t("usage")} note={t("usageNote")}>
      <thead>
        <tr>
          <HeadCell>{t("model")}</HeadCell>
          <HeadCell numeric>{t("tokens")}</HeadCell>
          <HeadCell numeric>{t("list")}</HeadCell>
          <HeadCell numeric>{t("effective")}</HeadCell>
        </tr>
      </thead>
      {usage.map((model) => (
        <ModelRows
          key={JSON.stringify([model.kind, model.provider, model.model])}
          model={model}
          statement={statement}
        />
      ))}
    </StatementSection>
  );
}

function ModelRows({
  model: found,
  statement,
}: {
  readonly model: ModelUsage;
  readonly statement: Statement;
}) {
  const t = useTranslations("Statements");
  const locale = useLocale();
  const count = new Intl.NumberFormat(locale);
  const { kind, provider, model, tokens, costs, classes } = found;
  const waiting = Number(found.unpricedCalls);
  return (
    <tbody className="break-inside-avoid [&:not(:nth-child(3))>tr:first-child>*]:border-t">
      <Row className="[&>*]:border-b-0">
        <RowHead className="font-medium">
          {model ?? t("unknownModel")}{" "}
          <span className="font-normal text-muted text-xs">
            {provider ?? ""}
            {kind === "covered" && ` · ${t("covered")}`}
          </span>
        </RowHead>
        <Cell numeric className="font-medium">
          {count.format(tokens)}
        </Cell>
        <Cell numeric className="font-medium">
          <FigureLink href={modelReceiptHref(statement, found, "list")}>
            <Amount usd={costs.list} unpricedCalls={waiting} compact />
          </FigureLink>
        </Cell>
        <Cell numeric className="font-medium">
          <FigureLink href={modelReceiptHref(statement, found, "effective")}>
            <Amount usd={costs.effective} unpricedCalls={waiting} />
          </FigureLink>
        </Cell>
      </Row>
      {classes.map(({ name, tokens: some, costs: each }) => (
        <Row key={name} className="text-muted [&>*]:h-7 [&>*]:border-b-0">
          <RowHead className="pl-8!">{t(`classes.${name}`)}</RowHead>
          <Cell numeric>{some === 0n ? "" : count.format(some)}</Cell>
          <Cell numeric>
            <Amount usd={each.list} unpricedCalls={some === 0n ? 0 : waiting} compact />
          </Cell>
          <Cell numeric>
            <Amount usd={each.effective} unpricedCalls={some === 0n ? 0 : waiting} compact />
          </Cell>
        </Row>
      ))}
    </tbody>
  );
}
