import { getLocale, getTranslations } from "next-intl/server";
import { formatMoment } from "#app/_format/format-time.ts";
import { currentOrganization } from "#app/_server/organization.ts";
import type { Attempt } from "#lib/notifications/delivery-log.ts";

/** The last attempt; the others and what was answered on request. */
export async function AttemptList({ attempts }: { readonly attempts: readonly Attempt[] }) {
  const [t, locale, { timeZone }] = await Promise.all([
    getTranslations("Webhooks"),
    getLocale(),
    currentOrganization(),
  ]);
  const last = attempts.at(-1);
  if (last === undefined) return <span className="text-faint">{t("notYet")}</span>;
  const words = ({ httpStatus, failure, latencyMs }: Attempt) =>
    t("attempt", {
      outcome: httpStatus === null ? failureWords(failure) : `HTTP ${httpStatus}`,
      ms: latencyMs,
    });
  const failureWords = (failure: string | null) => {
    const known = FAILURES.find((each) => each === failure);
    return known === undefined ? t("failures.not_sent") : t(`failures.${known}`);
  };
  return (
    <details>
      <summary className="figures min-h-6 cursor-pointer whitespace-nowrap">
        {attempts.length > 1 && `${t("count", { count: attempts.length })} · `}
        {words(last)}
      </summary>
      <ol className="mt-1 flex flex-col gap-1.5 border-line border-l pl-3 text-xs">
        {attempts.map((attempt) => (
          <li key={attempt.number}>
            <span className="figures text-muted">
              {formatMoment(attempt.startedAt, locale, timeZone)}
            </span>{" "}
            {words(attempt)}
            {attempt.answer !== null && attempt.answer !== "" && (
              <pre className="mt-0.5 max-h-32 max-w-xl overflow-auto whitespace-pre-wrap break-all rounded bg-sunken p-2 font-mono">
                {attempt.answer}
              </pre>
            )}
          </li>
        ))}
      </ol>
    </details>
  );
}

const FAILURES = [
  "bad_url",
  "address_refused",
  "name_not_found",
  "no_connection",
  "tls",
  "timeout",
  "bad_answer",
  "not_sent",
] as const;
