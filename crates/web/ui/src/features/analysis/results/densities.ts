// The densities of fitted distributions, to draw them over a histogram: parameters as docs/methods.md names them.
import type { Schemas } from "../../../api/client";

type Fit = Schemas["Fit"];

/** The density of a fit at `x`; undefined where there is no fit. */
export function density({ distribution, parameters }: Fit): ((x: number) => number) | undefined {
  const of = (name: string) => parameters[name] ?? Number.NaN;
  const [mean, std, mu, sigma] = [of("mean"), of("std"), of("mu"), of("sigma")];
  const [scale, location, shape] = [of("scale"), of("location"), of("shape")];
  const [low, high, a, b] = [of("low"), of("high"), of("a"), of("b")];
  switch (distribution) {
    case "normal":
      return has(mean, std) ? (x) => normal((x - mean) / std) / std : undefined;
    case "log_normal":
      return has(mu, sigma) ? (x) => (x > 0 ? normal((Math.log(x) - mu) / sigma) / (sigma * x) : 0) : undefined;
    case "exponential":
      return has(scale) ? (x) => (x >= 0 ? Math.exp(-x / scale) / scale : 0) : undefined;
    case "shifted_exponential":
      return has(location, scale) ? (x) => (x >= location ? Math.exp(-(x - location) / scale) / scale : 0) : undefined;
    case "gamma":
      return has(shape, scale)
        ? (x) => (x > 0 ? Math.exp((shape - 1) * Math.log(x / scale) - x / scale - lnGamma(shape)) / scale : 0)
        : undefined;
    case "weibull":
      return has(shape, scale)
        ? (x) => (x > 0 ? (shape / scale) * (x / scale) ** (shape - 1) * Math.exp(-((x / scale) ** shape)) : 0)
        : undefined;
    case "uniform":
      return has(low, high) ? (x) => (x >= low && x <= high ? 1 / (high - low) : 0) : undefined;
    case "beta":
      return has(a, b)
        ? (x) =>
            x > 0 && x < 1
              ? Math.exp((a - 1) * Math.log(x) + (b - 1) * Math.log1p(-x) + lnGamma(a + b) - lnGamma(a) - lnGamma(b))
              : 0
        : undefined;
  }
}

function has(...values: number[]): boolean {
  return values.every(Number.isFinite);
}

const normal = (z: number) => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);

/** ln Γ by Lanczos' approximation (g = 7, nine terms), to about 15 digits for arguments above 0. */
export function lnGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.abs(Math.sin(Math.PI * x))) - lnGamma(1 - x);
  const terms = [
    676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406, 12.507343278686905,
    -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7,
  ];
  const z = x - 1;
  const sum = terms.reduce((total, term, i) => total + term / (z + i + 1), 0.9999999999998099);
  const t = z + 7.5;
  return Math.log(2 * Math.PI) / 2 + (z + 0.5) * Math.log(t) - t + Math.log(sum);
}
