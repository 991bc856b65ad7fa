import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { buttonClass } from "#app/_components/button.tsx";
import { FigureLink } from "#app/_components/figure-link.tsx";
import { Empty } from "#app/_components/notice.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { PanelDetails } from "#app/_components/panel-details.tsx";
import { Cell, HeadCell, Row, RowHead, Table } from "#app/_components/table.tsx";
import { formatUsdExact } from "#app/_format/format-usd.ts";
import { hrefWith } from "#app/_query/links.ts";
import type { Viewer } from "#lib/access/viewer.ts";
import type { EventEffect, ForecastEvent } from "#lib/forecasting/events.ts";
import { maySeeScope, parseScope } from "#lib/forecasting/scope.ts";
import { parseUsd } from "#lib/money/money.ts";
import { EventForm } from "./event-form.tsx";
import type { ScopeChoice } from "./scope-choices.ts";
import { WithdrawEvent } from "./withdraw-event.tsx";

/** What people and the price book know of the future, and a form to say more. */
export function EventsPanel({
  events,
  scope,
  choices,
  viewer,
  editing,
}: {
  readonly events: readonly ForecastEvent[];
  readonly scope: string;
  readonly choices: readonly ScopeChoice[];
  readonly viewer: Viewer;
  /** The id of the event that is being edited, as the address has it. */
  readonly editing: string | undefined;
}) {
  const t = useTranslations("Forecasts");
  const mayPlan = viewer.role !== "viewer";
  const names = new Map(choices.map((choice) => [choice.scope, choice.name]));
  const edited = events.find(({ id, source }) => id === editing && source === "person");
  const nameOf = (text: string) => {
    if (text === "organization") return t("groups.organization");
    const scope = parseScope(text);
    if (scope.kind !== "team_model") return names.get(text) ?? text;
    return `${names.get(`team:${scope.team}`) ?? scope.team} · ${scope.model}`;
  };
  const mayEdit = ({ source, scope: its }: ForecastEvent) =>
    mayPlan && source === "person" && maySeeScope(viewer, parseScope(its));
  const editHref = ({ id }: ForecastEvent) =>
    hrefWith("/forecasts", [
      ["scope", scope],
      ["edit", id],
    ]);
  const entryHref = (event: ForecastEvent) => {
    if (event.source === "price_book") return pricesHref(event);
    return mayEdit(event) ? editHref(event) : null;
  };
  return (
    <Panel title={t("events")} note={t("eventsNote")}>
      {events.length === 0 ? (
        <Empty title={t("noEvents")}>{t("noEventsHint")}</Empty>
      ) : (
        <Table caption={t("events")}>
          <thead>
            <tr>
              <HeadCell>{t("event")}</HeadCell>
              <HeadCell>{t("when")}</HeadCell>
              <HeadCell>{t("effect")}</HeadCell>
              <HeadCell>
                <span className="sr-only">{t("withdraw")}</span>
              </HeadCell>
            </tr>
          </thead>
          <tbody>
            {events.map((event) => (
              <Row key={event.id}>
                <RowHead>
                  <FigureLink href={entryHref(event)}>{event.label}</FigureLink>
                  <span className="block text-muted text-xs">
                    {t(`kinds.${event.kind}`)} · {nameOf(event.scope)}
                    {event.source === "price_book" && ` · ${t("fromPrices")}`}
                  </span>
                </RowHead>
                <Cell className="figures whitespace-nowrap text-xs">
                  {event.firstDay}
                  <span className="block text-muted">
                    {event.lastDay === null ? t("open") : event.lastDay}
                  </span>
                </Cell>
                <Cell className="figures text-xs">
                  <Effect effect={event.effect} />
                </Cell>
                <Cell className="text-right">
                  {mayEdit(event) && (
                    <span className="inline-flex items-center">
                      <Link
                        href={editHref(event)}
                        className={buttonClass("ghost")}
                        aria-label={t("editOf", { label: event.label })}
                      >
                        {t("edit")}
                      </Link>
                      <WithdrawEvent id={event.id} label={event.label} />
                    </span>
                  )}
                </Cell>
              </Row>
            ))}
          </tbody>
        </Table>
      )}
      {mayPlan && (
        <PanelDetails
          summary={edited === undefined ? t("addEvent") : t("editOf", { label: edited.label })}
          isOpen={edited !== undefined}
          key={edited?.id ?? "new"}
        >
          <EventForm
            scope={scope}
            choices={choices.filter(({ group }) => group !== "budget")}
            {...(edited && { event: edited })}
          />
        </PanelDetails>
      )}
    </Panel>
  );
}

/** The prices of its model, those to come among them. */
function pricesHref({ scope }: ForecastEvent): string {
  const parsed = parseScope(scope);
  return hrefWith("/prices", [
    ["q", "model" in parsed ? parsed.model : ""],
    ["state", "all"],
  ]);
}

function Effect({ effect }: { readonly effect: EventEffect }) {
  const t = useTranslations("Forecasts");
  const locale = useLocale();
  switch (effect.kind) {
    case "factor":
      return new Intl.NumberFormat(locale, {
        style: "percent",
        maximumFractionDigits: 1,
        signDisplay: "exceptZero",
      }).format(effect.factor - 1);
    case "amount":
      return t("perDay", { amount: formatUsdExact(parseUsd(effect.per_day), locale) });
    case "quiet":
      return t("quiet");
    case "exclude":
      return t("excluded");
  }
}
