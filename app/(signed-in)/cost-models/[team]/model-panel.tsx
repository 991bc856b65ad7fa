import { useTranslations } from "next-intl";
import { CsvLink } from "#app/_components/csv-link.tsx";
import { Empty } from "#app/_components/notice.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { PanelDetails } from "#app/_components/panel-details.tsx";
import { Cell, HeadCell, Row, RowHead, Table } from "#app/_components/table.tsx";
import type { RecordedModel } from "#lib/cost-book/team-model-store.ts";
import { dayText } from "#lib/time/civil-day.ts";
import { ModelForm, type ModelStart } from "../model-form.tsx";
import { WithdrawButton } from "../withdraw-button.tsx";
import { bookHref } from "./book-href.ts";
import { fundingText } from "./funding-text.ts";
import { markupText } from "./markup-text.ts";
import type { PanelInput } from "./panel-input.ts";

/** Markup, funding and headcount, each version from its day on. */
export function ModelPanel({
  slug,
  team,
  mayChange,
  models,
}: PanelInput & { readonly models: readonly RecordedModel[] }) {
  const t = useTranslations("CostModels");
  const believed = models.filter(({ supersededAt }) => supersededAt === null);
  const own = believed.filter((model) => model.team === team);
  const ofAll = believed.filter((model) => model.team === null);
  const latest = own.at(-1) ?? ofAll.at(-1);
  return (
    <Panel
      title={t("model1")}
      note={own.length === 0 && team !== null ? t("inherits") : undefined}
      actions={<CsvLink href={bookHref("cost-models", team)} what={t("model1")} />}
    >
      {own.length === 0 ? (
        <Empty title={t("noModel")}>{t("noModelHint")}</Empty>
      ) : (
        <Table caption={t("model1")}>
          <thead>
            <tr>
              <HeadCell>{t("effectiveFrom")}</HeadCell>
              <HeadCell numeric>{t("markup")}</HeadCell>
              <HeadCell>{t("funding")}</HeadCell>
              <HeadCell numeric>{t("headcount")}</HeadCell>
              <HeadCell>{t("note")}</HeadCell>
              <HeadCell>
                <span className="sr-only">{t("withdraw")}</span>
              </HeadCell>
            </tr>
          </thead>
          <tbody>
            {own.map((model) => (
              <ModelRow key={model.id} model={model} mayChange={mayChange} />
            ))}
          </tbody>
        </Table>
      )}
      {mayChange && (
        <PanelDetails summary={t("changeModel")}>
          <ModelForm team={slug} start={startOf(latest)} />
        </PanelDetails>
      )}
    </Panel>
  );
}

function ModelRow({
  model,
  mayChange,
}: {
  readonly model: RecordedModel;
  readonly mayChange: boolean;
}) {
  const t = useTranslations("CostModels");
  const from = model.effectiveFrom === null ? t("always") : dayText(model.effectiveFrom);
  return (
    <Row>
      <RowHead className="figures whitespace-nowrap">{from}</RowHead>
      <Cell numeric>{markupText(model.markup)}</Cell>
      <Cell>
        {model.funding.map((rule) => (
          <div key={JSON.stringify(rule)}>{fundingText(rule, t)}</div>
        ))}
      </Cell>
      <Cell numeric>{model.headcount ?? "–"}</Cell>
      <Cell>{model.note}</Cell>
      <Cell className="text-right">
        {mayChange && <WithdrawButton what="model" id={model.id} name={from} />}
      </Cell>
    </Row>
  );
}

/** The form begins with what holds now, so that a change is a change. */
function startOf(model: RecordedModel | undefined): ModelStart {
  return {
    effectiveFrom: "",
    markup: model === undefined ? "0%" : markupText(model.markup),
    headcount: model?.headcount == null ? "" : String(model.headcount),
    note: "",
    funding: (model?.funding ?? []).map(({ provider, model: name, source }) => ({
      provider: provider ?? "",
      model: name ?? "",
      source,
    })),
  };
}
