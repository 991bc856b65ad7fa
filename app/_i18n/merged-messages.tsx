"use client";

import {
  type AbstractIntlMessages,
  NextIntlClientProvider,
  useLocale,
  useMessages,
} from "next-intl";
import { type ReactNode, useMemo } from "react";

/** Provides namespaces beside those of the providers above, which next-intl would replace. */
export function MergedMessages({
  own,
  children,
}: {
  readonly own: AbstractIntlMessages;
  readonly children: ReactNode;
}) {
  const above = useMessages();
  const locale = useLocale();
  const messages = useMemo(() => ({ ...above, ...own }), [above, own]);
  return (
    <NextIntlClientProvider locale={locale} messages={messages}>
      {children}
    </NextIntlClientProvider>
  );
}
