//! The natural logarithm to the last bit: a platform's own may differ in it, and `ceil(log(8, 2))` would tell.
//!
//! The method is that of FDLIBM's `e_log.c` (netlib.org/fdlibm, read 2026-11-22), which Go's `math.Log` follows, too.

/// The coefficients of the polynomial for log(1+f), from the first.
const COEFFICIENTS: [f64; 7] = [
    6.666_666_666_666_735e-1,
    3.999_999_999_940_942e-1,
    2.857_142_874_366_239e-1,
    2.222_219_843_214_978_4e-1,
    1.818_357_216_161_805e-1,
    1.531_383_769_920_937_3e-1,
    1.479_819_860_511_658_6e-1,
];

/// The upper and the lower bits of the logarithm of two.
const LN_2: (f64, f64) = (6.931_471_803_691_238e-1, 1.908_214_929_270_587_7e-10);

/// Returns the natural logarithm; not a number for a negative one.
pub(super) fn natural(x: f64) -> f64 {
    if x.is_nan() || x < 0.0 || x == 0.0 || x.is_infinite() {
        return x.ln();
    }
    let (fraction, exponent) = parts(x);
    let f = fraction - 1.0;
    let s = f / (2.0 + f);
    let s2 = s * s;
    let s4 = s2 * s2;
    let [l1, l2, l3, l4, l5, l6, l7] = COEFFICIENTS;
    let t1 = s2 * (l1 + s4 * (l3 + s4 * (l5 + s4 * l7)));
    let t2 = s4 * (l2 + s4 * (l4 + s4 * l6));
    let r = t1 + t2;
    let half_square = 0.5 * f * f;
    let (high, low) = LN_2;
    exponent * high - ((half_square - (s * (half_square + r) + exponent * low)) - f)
}

/// Returns a fraction between the root of a half and the root of two, and the power of two that makes it the number.
fn parts(x: f64) -> (f64, f64) {
    const TWO_TO_52: f64 = 4_503_599_627_370_496.0;
    let (normal, shift) = if x < f64::MIN_POSITIVE {
        (x * TWO_TO_52, -52.0)
    } else {
        (x, 0.0)
    };
    let bits = normal.to_bits();
    let biased = u16::try_from((bits >> 52) & 0x7ff).unwrap_or(0);
    let fraction = f64::from_bits((bits & !(0x7ff << 52)) | (1022 << 52));
    let exponent = f64::from(biased) - 1022.0 + shift;
    if fraction < std::f64::consts::FRAC_1_SQRT_2 {
        (fraction * 2.0, exponent - 1.0)
    } else {
        (fraction, exponent)
    }
}

#[cfg(test)]
mod tests {
    use super::natural;

    #[test]
    fn logarithms_are_those_of_the_method() {
        assert_eq!(natural(1.0).to_bits(), 0.0_f64.to_bits());
        for power in -1000..1000 {
            let x = 2.0_f64.powi(power) * 1.3;
            let error = (natural(x) - x.ln()).abs();
            assert!(error <= x.ln().abs() * f64::EPSILON, "{x}");
        }
        assert!(natural(-1.0).is_nan() && natural(0.0).is_infinite());
    }
}
