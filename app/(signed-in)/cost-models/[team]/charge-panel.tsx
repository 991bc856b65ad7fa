import Link from "next/link";
import { useTranslations } from "next-intl";
import { Amount } from "#app/_components/amount.tsx";
import { CsvLink } from "#app/_components/csv-link.tsx";
import { Empty } from "#app/_components/notice.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { PanelDetails } from "#app/_components/panel-details.tsx";
import { Cell, HeadCell, Row, RowHead, Table } from "#app/_components/table.tsx";
import type { RecordedCharge } from "#lib/cost-book/charge-store.ts";
import type { RecordedPool } from "#lib/cost-book/pool-store.ts";
import { maySeePerson } from "#lib/cost-book/seen-by.ts";
import { toDecimal } from "#lib/money/money.ts";
import { dayText } from "#lib/time/civil-day.ts";
import { ChargeForm, type ChargeStart } from "../charge-form.tsx";
import { WithdrawButton } from "../withdraw-button.tsx";
import { bookHref } from "./book-href.ts";
import type { PanelInput } from "./panel-input.ts";

/** Seats, subscriptions, commitments, credits and fees, and the form for one. */
export function ChargePanel({
  charges,
  pools,
  wanted,
  ...input
}: PanelInput & {
  readonly charges: readonly RecordedCharge[];
  readonly pools: readonly RecordedPool[];
  /** The charge that is to be corrected. */
  readonly wanted: string | undefined;
}) {
  const t = useTranslations("CostModels");
  const { slug, team, mayChange } = input;
  const believed = charges.filter((charge) => charge.supersededAt === null && charge.team === team);
  const chosen = believed.find(({ id }) => id === wanted);
  const open = pools.filter(({ supersededAt }) => supersededAt === null);
  const choices = [...new Map(open.map(({ id, name }) => [id, { id, name }])).values()];
  return (
    <Panel
      title={t("charges")}
      note={t("chargesNote")}
      actions={<CsvLink href={bookHref("charges", team)} what={t("charges")} />}
    >
      {believed.length === 0 ? (
        <Empty title={t("noCharges")}>{t("noChargesHint")}</Empty>
      ) : (
        <Table caption={t("charges")}>
          <thead>
            <tr>
              <HeadCell>{t("name")}</HeadCell>
              <HeadCell>{t("chargeKind")}</HeadCell>
              <HeadCell numeric>{t("amount")}</HeadCell>
              <HeadCell numeric>{t("quantity")}</HeadCell>
              <HeadCell>{t("recurrence")}</HeadCell>
              <HeadCell>{t("days")}</HeadCell>
              <HeadCell>{t("covers")}</HeadCell>
              <HeadCell>
                <span className="sr-only">{t("withdraw")}</span>
              </HeadCell>
            </tr>
          </thead>
          <tbody>
            {believed.map((charge) => (
              <ChargeRow key={charge.id} charge={charge} {...input} />
            ))}
          </tbody>
        </Table>
      )}
      {mayChange && (
        <PanelDetails
          summary={t(chosen === undefined ? "addCharge" : "correctCharge")}
          isOpen={chosen !== undefined}
          id="charge"
        >
          <ChargeForm key={chosen?.id} team={slug} start={startOf(chosen)} pools={choices} />
        </PanelDetails>
      )}
    </Panel>
  );
}

function ChargeRow({
  charge,
  slug,
  mayChange,
  viewer,
}: PanelInput & { readonly charge: RecordedCharge }) {
  const t = useTranslations("CostModels");
  const { kind, name, amount, quantity, recurrence, startsOn, endsOn, provider, model } = charge;
  const person = maySeePerson(viewer, charge.team) ? charge.person : null;
  const covered = kind === "fee" ? "–" : [provider ?? t("anyProvider"), model].join(" ");
  return (
    <Row>
      <RowHead>
        {name}
        {person !== null && <span className="ml-2 text-muted">{person}</span>}
      </RowHead>
      <Cell>{t(`kinds.${kind}`)}</Cell>
      <Cell numeric>
        <Amount usd={amount} />
      </Cell>
      <Cell numeric>{quantity}</Cell>
      <Cell>{t(`recurrences.${recurrence}`)}</Cell>
      <Cell className="figures whitespace-nowrap">
        {dayText(startsOn)} – {endsOn === null ? t("open") : dayText(endsOn - 1)}
      </Cell>
      <Cell>{covered}</Cell>
      <Cell className="whitespace-nowrap text-right">
        {mayChange && (
          <>
            <Link
              href={`/cost-models/${encodeURIComponent(slug)}?charge=${charge.id}#charge`}
              className="rounded-md px-1.5 py-1 text-muted text-xs hover:bg-hover hover:text-text"
            >
              {t("correct")}
              <span className="sr-only"> {name}</span>
            </Link>
            <WithdrawButton what="charge" id={charge.id} name={name} />
          </>
        )}
      </Cell>
    </Row>
  );
}

function startOf(charge: RecordedCharge | undefined): ChargeStart {
  return {
    id: charge?.id,
    kind: charge?.kind ?? "seat",
    name: charge?.name ?? "",
    pool: charge?.pool ?? "",
    person: charge?.person ?? "",
    provider: charge?.provider ?? "",
    model: charge?.model ?? "",
    amount: charge === undefined ? "" : toDecimal(charge.amount),
    quantity: String(charge?.quantity ?? 1),
    recurrence: charge?.recurrence ?? "monthly",
    startsOn: charge === undefined ? "" : dayText(charge.startsOn),
    endsOn: charge?.endsOn == null ? "" : dayText(charge.endsOn),
    dailyTokens: charge?.dailyTokens == null ? "" : `${charge.dailyTokens}`,
    sourceName: charge?.sourceName ?? "",
    sourceUrl: charge?.sourceUrl ?? "",
  };
}
