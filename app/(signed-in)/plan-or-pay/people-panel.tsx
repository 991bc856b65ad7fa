import { useTranslations } from "next-intl";
import { CsvLink } from "#app/_components/csv-link.tsx";
import { FigureLink } from "#app/_components/figure-link.tsx";
import { groupName } from "#app/_components/group-name.ts";
import { Empty } from "#app/_components/notice.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { Cell, HeadCell, Row, RowHead, Table } from "#app/_components/table.tsx";
import type { Period } from "#app/_period/period.ts";
import { AmountAtRate } from "#app/_reporting/amount-at-rate.tsx";
import type { PersonScope } from "#lib/access/viewer.ts";
import type { UsedRate } from "#lib/currency/exchange-rates.ts";
import { subtractUsd } from "#lib/money/money.ts";
import type { PersonFigures } from "#lib/reports/plan-or-pay.ts";
import { personHref } from "./plan-links.ts";

/** People in the table; the file names all. */
export const MOST_SHOWN = 100;

/** The same person by person, for those who may see persons. */
export function PeoplePanel({
  people,
  persons,
  rate,
  period,
  csvHref,
}: {
  /** Who used most first; one more than are shown where there are more. */
  readonly people: readonly PersonFigures[];
  readonly persons: PersonScope;
  readonly period: Period;
  readonly rate: UsedRate | null;
  readonly csvHref: string;
}) {
  const t = useTranslations("PlanOrPay");
  if (persons === "none") {
    return (
      <Panel title={t("people")}>
        <Empty title={t("hidden")} />
      </Panel>
    );
  }
  return (
    <Panel
      title={t("people")}
      note={t(people.length > MOST_SHOWN ? "mostPeopleNote" : "peopleNote", { most: MOST_SHOWN })}
      actions={<CsvLink href={csvHref} what={t("people")} />}
    >
      {people.length === 0 ? (
        <Empty title={t("noPeople")} />
      ) : (
        <Table caption={t("people")}>
          <thead>
            <tr>
              <HeadCell>{t("person")}</HeadCell>
              <HeadCell>{t("team")}</HeadCell>
              <HeadCell numeric>{t("planUsage")}</HeadCell>
              <HeadCell numeric>{t("seatPrice")}</HeadCell>
              <HeadCell numeric>{t("saved")}</HeadCell>
              <HeadCell numeric>{t("paidUsage")}</HeadCell>
            </tr>
          </thead>
          <tbody>
            {people.slice(0, MOST_SHOWN).map((person) => (
              <PersonRow
                key={`${person.team} ${person.user}`}
                person={person}
                rate={rate}
                period={period}
              />
            ))}
          </tbody>
        </Table>
      )}
    </Panel>
  );
}

function PersonRow({
  person,
  rate,
  period,
}: {
  readonly person: PersonFigures;
  readonly period: Period;
  readonly rate: UsedRate | null;
}) {
  const t = useTranslations("PlanOrPay");
  const groups = useTranslations("Groups");
  const { team, user, planWorth, seat, metered, unpricedCalls } = person;
  return (
    <Row>
      <RowHead className={user === null ? "text-muted" : ""}>{user ?? t("nobody")}</RowHead>
      <Cell>{groupName("team", team, groups)}</Cell>
      <Cell numeric>
        {planWorth === 0n ? (
          "–"
        ) : (
          <FigureLink href={personHref(person, period, "list")}>
            <AmountAtRate usd={planWorth} rate={rate} />
          </FigureLink>
        )}
      </Cell>
      <Cell numeric>{seat === null ? "–" : <AmountAtRate usd={seat} rate={rate} />}</Cell>
      <Cell numeric>
        {seat === null ? "–" : <AmountAtRate usd={subtractUsd(planWorth, seat)} rate={rate} />}
      </Cell>
      <Cell numeric>
        {metered === 0n && unpricedCalls === 0 ? (
          "–"
        ) : (
          <FigureLink href={personHref(person, period, "effective")}>
            <AmountAtRate usd={metered} unpricedCalls={unpricedCalls} rate={rate} />
          </FigureLink>
        )}
      </Cell>
    </Row>
  );
}
