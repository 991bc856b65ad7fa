import ipaddr from "ipaddr.js";

/** Whether outgoing requests may go to an address: to public ones, and to those the operator allows. */
export type AddressGuard = {
  /** `allowed`: by name of the operator, and so with plain http and any port. */
  readonly check: (address: string) => "public" | "allowed" | "refused";
};

/**
 * Refuses loopback, private, link-local (cloud metadata), shared, reserved,
 * documentation, multicast, translated and tunnelled addresses (OWASP SSRF
 * prevention, IANA special-purpose registries): whatever is not plain unicast.
 * IPv4 inside IPv6 is judged as the IPv4 address it is.
 *
 * @param allow CIDR ranges that may be reached nevertheless.
 */
export function addressGuard(allow: readonly string[]): AddressGuard {
  const ranges = allow.map((range) => {
    const [address, bits] = ipaddr.parseCIDR(range);
    return { address, bits };
  });
  return {
    check: (text) => {
      if (!ipaddr.isValid(text)) return "refused";
      const address = ipaddr.process(text);
      const isAllowed = ranges.some(
        (range) => range.address.kind() === address.kind() && contains(range, address),
      );
      if (isAllowed) return "allowed";
      return isPublic(address) ? "public" : "refused";
    },
  };
}

/** Of IPv6 nothing else is given out as public (RFC 4291, IANA IPv6 address space). */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR("2000::/3");

function isPublic(address: Address): boolean {
  return (
    address.range() === "unicast" &&
    (address instanceof ipaddr.IPv4 || address.match(GLOBAL_UNICAST))
  );
}

type Address = ipaddr.IPv4 | ipaddr.IPv6;

function contains(range: { address: Address; bits: number }, address: Address): boolean {
  return address instanceof ipaddr.IPv4
    ? address.match(range.address as ipaddr.IPv4, range.bits)
    : address.match(range.address as ipaddr.IPv6, range.bits);
}
