import { useLocale, useTranslations } from "next-intl";
import { Amount } from "#app/_components/amount.tsx";
import { Cell, HeadCell, Row, RowHead } from "#app/_components/table.tsx";
import type { ModelUsage } from "#lib/close/model-usage.ts";
import type { Statement } from "#lib/close/read-statement.ts";
import { StatementSection } from "./statement-section.tsx";

/** What was used, by model and class of tokens. */
export function UsageSection({ statement: { usage } }: { readonly statement: Statement }) {
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
        <ModelRows key={JSON.stringify([model.kind, model.provider, model.model])} model={model} />
      ))}
    </StatementSection>
  );
}

function ModelRows({ model: found }: { readonly model: ModelUsage }) {
  const t = useTranslations("Statements");
  const locale = useLocale();
  const count = new Intl.NumberFormat(locale);
  const { kind, provider, model, tokens, costs, unpricedCalls, classes } = found;
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
          <Amount usd={costs.list} />
        </Cell>
        <Cell numeric className="font-medium">
          <Amount usd={costs.effective} unpricedCalls={Number(unpricedCalls)} />
        </Cell>
      </Row>
      {classes.map(({ name, tokens: some, costs: each }) => (
        <Row key={name} className="text-muted [&>*]:h-7 [&>*]:border-b-0">
          <RowHead className="pl-8!">{t(`classes.${name}`)}</RowHead>
          <Cell numeric>{some === 0n ? "" : count.format(some)}</Cell>
          <Cell numeric>
            <Amount usd={each.list} />
          </Cell>
          <Cell numeric>
            <Amount usd={each.effective} />
          </Cell>
        </Row>
      ))}
    </tbody>
  );
}
