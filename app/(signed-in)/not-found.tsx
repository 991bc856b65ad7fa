import Link from "next/link";
import { useTranslations } from "next-intl";
import { buttonClass } from "#app/_components/button.tsx";
import { Empty } from "#app/_components/notice.tsx";

/** Also what somebody sees who may not see it: the answer is the same. */
export default function SignedInNotFound() {
  const t = useTranslations("Failure");
  return (
    <Empty as="h1" title={t("notFound")}>
      <p className="mb-4">{t("notFoundHint")}</p>
      <Link href="/" className={buttonClass()}>
        {t("toOverview")}
      </Link>
    </Empty>
  );
}
