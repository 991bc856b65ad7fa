import type { Metadata, Viewport } from "next";
import { NextIntlClientProvider } from "next-intl";
import { getLocale } from "next-intl/server";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import type { ReactNode } from "react";
import { ClientMessages } from "./_i18n/client-messages.tsx";
import { SHARED_MESSAGES } from "./_i18n/shared-messages.ts";
import { currentTheme } from "./_server/theme.ts";
import "./globals.css";

export const metadata: Metadata = {
  title: { default: "Outlay", template: "%s · Outlay" },
  icons: "/icon.svg",
  robots: { index: false, follow: false },
};

export const viewport: Viewport = {
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#fbfbfc" },
    { media: "(prefers-color-scheme: dark)", color: "#0d0e10" },
  ],
};

/** Reading cookies makes every page dynamic, which the nonce of the CSP needs. */
export default async function RootLayout({ children }: { readonly children: ReactNode }) {
  const [locale, theme] = await Promise.all([getLocale(), currentTheme()]);
  return (
    <html lang={locale} data-theme={theme === "system" ? undefined : theme}>
      <body>
        <NextIntlClientProvider messages={{}}>
          <ClientMessages of={SHARED_MESSAGES}>
            <NuqsAdapter>{children}</NuqsAdapter>
          </ClientMessages>
        </NextIntlClientProvider>
      </body>
    </html>
  );
}
