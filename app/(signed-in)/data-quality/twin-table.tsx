import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { Cell, HeadCell, Row, RowHead, Table } from "#app/_components/table.tsx";
import { formatMoment } from "#app/_format/format-time.ts";
import type { LedgerEvent } from "#lib/reports/ledger-event.ts";
import type { TwinPair } from "#lib/reports/twins.ts";
import { contextTokens } from "#lib/usage/tokens.ts";

/** The row that does not count, the one that counts in its place, and why. */
export function TwinTable({
  pairs,
  timeZone,
}: {
  readonly pairs: readonly TwinPair[];
  readonly timeZone: string;
}) {
  const t = useTranslations("Quality");
  const locale = useLocale();
  return (
    <Table caption={t("twins")}>
      <thead>
        <tr>
          <HeadCell>{t("time")}</HeadCell>
          <HeadCell>{t("notCounted")}</HeadCell>
          <HeadCell>{t("countsInstead")}</HeadCell>
          <HeadCell>{t("reason")}</HeadCell>
        </tr>
      </thead>
      <tbody>
        {pairs.map(({ uncounted, counted }) => (
          <Row key={uncounted.id} className="align-top">
            <RowHead className="figures whitespace-nowrap py-2">
              {formatMoment(uncounted.startedAt, locale, timeZone)}
            </RowHead>
            <Cell className="min-w-56 py-2">
              <Side event={uncounted} />
            </Cell>
            <Cell className="min-w-56 py-2">
              {counted === null ? (
                <span className="text-faint">{t("noTwin")}</span>
              ) : (
                <Side event={counted} />
              )}
            </Cell>
            <Cell className="min-w-52 py-2 text-muted">
              <Reason name={uncounted.notCountedBecause} />
            </Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}

/** Who says what of the call: name and signal, dialect and tokens. */
function Side({ event }: { readonly event: LedgerEvent }) {
  const t = useTranslations("Quality");
  const { tokens } = event;
  return (
    <>
      <p>
        <Link
          href={`/events/${event.id}`}
          prefetch={false}
          className="underline-offset-2 hover:underline"
        >
          {event.tool ?? event.model ?? event.operation}
        </Link>{" "}
        <span className="text-faint text-xs">{event.service}</span>
      </p>
      <p className="figures text-muted text-xs">
        {event.signal} · {event.dialect} ·{" "}
        {tokens === null
          ? t("noTokens")
          : t("tokensInOut", { input: contextTokens(tokens), output: tokens.output })}
      </p>
    </>
  );
}

function Reason({ name }: { readonly name: string | null }) {
  const t = useTranslations("Quality");
  if (name === null) return "–";
  return t.has(`reasons.${name}`) ? t(`reasons.${name}`) : name;
}
