/** What people choose first, by breach statistics; digits, signs and case around them add nothing. */
const COMMON = new Set(
  `password passwort passwd passw motdepasse contrasena letmein welcome willkommen admin administrator
   administrador root user guest test testing tester changeme change secret default temp temporary
   qwerty qwertz azerty qazwsx zxcvbn asdfgh asdf iloveyou loveyou ilovegod lovely princess prinzessin
   monkey dragon sunshine shadow master superman batman spiderman ironman starwars pokemon naruto
   football baseball basketball soccer hockey liverpool chelsea arsenal barcelona realmadrid juventus
   michael michelle jennifer jessica jordan daniel charlie thomas robert andrew matthew anthony joshua
   ashley nicole hannah samantha amanda hunter killer trustno trustnoone whatever freedom forever
   computer internet samsung google facebook linkedin microsoft windows apple android access login
   summer winter spring autumn sommer january february december november october september monday
   friday chocolate cookie butterfly flower rainbow angel babygirl blessed jesus christ family friend
   hello hallo bonjour goodbye mustang ferrari porsche corvette mercedes harley yamaha diamond silver
   golden orange banana purple yellow pepper ginger cheese matrix phoenix merlin maggie buster ranger
   company office server database oracle cisco router network support service security money dollar
   outlay outlays budget budgets costs finance team letmeinnow openup abcdef abcdefg abcdefgh`.split(
    /\s+/,
  ),
);
const ROWS = ["abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm"];
const COLUMNS = ["1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.", "qazwsxedcrfvtgbyhnujmikolp"];
const LEET: Readonly<Record<string, string>> = {
  "0": "o",
  "1": "i",
  "3": "e",
  "4": "a",
  "5": "s",
  "7": "t",
  "@": "a",
  $: "s",
  "!": "i",
};

/**
 * Whether a password is among the first that anybody would try: a common word
 * with trimmings, a run on the keyboard, a repetition, digits alone, or the
 * person's own name. Works without asking anybody (ASVS 6.2.4, 6.2.11).
 *
 * @param own The person's e-mail and name.
 */
export function isWeakPassword(password: string, own: readonly string[] = []): boolean {
  const plain = password.toLowerCase();
  if (new Set(plain).size <= 3 || /^[\d\s./-]+$/.test(plain) || isRun(plain)) return true;
  if (/^(.{1,6})\1+$/.test(plain)) return true;
  const personal = own.flatMap((text) => text.toLowerCase().split(/[^\p{L}\p{N}]+/u));
  // Digits at the end are trimmings before they are letters.
  return [plain, unleet(plain), unleet(plain.replace(/[\d!?.]+$/, ""))].some((text) => {
    const core = text.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, "");
    const words = core.split(/[^\p{L}]+/u);
    return (
      words.every((word) => COMMON.has(word)) ||
      COMMON.has(core.replace(/[^\p{L}]/gu, "")) ||
      isRun(core) ||
      personal.some((word) => word.length >= 4 && core === word)
    );
  });
}

function unleet(text: string): string {
  return text.replace(/[013457@$!]/g, (sign) => LEET[sign] ?? sign);
}

/** Neighbours in order, forwards or backwards, with up to three trimmings. */
function isRun(text: string): boolean {
  const core = text.replace(/[^a-z0-9,.]/g, "");
  if (core.length < 4) return false;
  return [...ROWS, ...COLUMNS].some((row) => {
    const reverse = [...row].reverse().join("");
    return row.includes(core) || reverse.includes(core);
  });
}
