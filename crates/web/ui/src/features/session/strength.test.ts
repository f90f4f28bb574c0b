// @vitest-environment node
import { expect, test } from "vitest";
import { strength } from "./strength";

test("an empty field says nothing, a short password that it is short", () => {
  expect(strength("")).toBeNull();
  expect(strength("aB3$xyz")).toBe("session.strength.short");
});

test("what repeats itself is easy to guess, however long it is", () => {
  expect(strength("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")).toBe("session.strength.weak");
  expect(strength("abababababababababab")).toBe("session.strength.weak");
  expect(strength("12345678")).toBe("session.strength.weak");
});

test("longer is better than stranger", () => {
  expect(strength("aB3$xyzw")).toBe("session.strength.fair");
  expect(strength("plum-orbit")).toBe("session.strength.fair");
  expect(strength("plum-orbit-canyon-47")).toBe("session.strength.good");
  const order = ["session.strength.short", "session.strength.weak", "session.strength.fair", "session.strength.good"];
  const told = Array.from({ length: 20 }, (_, i) =>
    order.indexOf(strength("plum-orbit-canyon-47".slice(0, i + 1)) ?? ""),
  );
  expect([...told].sort((a, b) => a - b)).toEqual(told);
});
