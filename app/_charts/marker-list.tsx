import Link from "next/link";
import { useTranslations } from "next-intl";

/** What the marks of a chart say, for the eye and for screen readers. */
export function MarkerList({
  marks,
}: {
  /** `at`: the bar's label. */
  readonly marks: readonly {
    readonly id: string;
    readonly at: string;
    readonly label: string;
  }[];
}) {
  const t = useTranslations("Chart");
  return (
    <ul aria-label={t("markers")} className="flex flex-wrap gap-x-4 gap-y-1 text-xs">
      {marks.map(({ id, at, label }) => (
        <li key={id} className="flex items-center gap-1.5">
          <span className="size-2 rounded-full bg-danger" aria-hidden />
          <Link href={`/anomalies/${id}`} className="underline-offset-2 hover:underline">
            {at} · {label}
          </Link>
        </li>
      ))}
    </ul>
  );
}
