//! Dense arithmetic for the networks: products with packed weights, fused with what follows them, by SIMD.
//!
//! This is the only module with `unsafe`. Every public function checks the lengths of its slices and then
//! calls one generic routine, compiled once per instruction set. An output element is always the same
//! chain of fused multiply-adds in the same order, whatever the number of rows and wherever its row stands,
//! so results do not depend on how texts are batched.
#![allow(unsafe_code)]
// Register tiles are indexed by the same counter in several arrays at once.
#![allow(clippy::needless_range_loop)]

use std::mem::MaybeUninit;
use std::ops::{Deref, DerefMut};

/// Floats that are worked on together: one AVX-512 register, or two of AVX2.
pub(crate) const LANES: usize = 16;

/// Most inputs that a product may have.
pub(crate) const MOST_INPUTS: usize = ROW_STRIDE;

/// Length of a row in the scratch that holds the rows at work. A constant lets every row be addressed
/// from one pointer; it is not a power of two, lest all rows fall into the same cache sets.
const ROW_STRIDE: usize = 1040;

/// Length of a transformed row in the scratch of [`WindowMaxout`], for the same reason.
const TRANSFORMED_STRIDE: usize = 400;

/// Most columns of a [`WindowMaxout`].
pub(crate) const MOST_WIDTH: usize = TRANSFORMED_STRIDE;

/// Rows that are worked on together.
const ROWS: usize = 12;

/// Pairs of rows that [`WindowMaxout`] works on together at most.
const PAIRS: usize = 4;

/// An instruction set that this CPU has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct InstructionSet(Kind);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    #[cfg(target_arch = "x86_64")]
    Avx512,
    #[cfg(target_arch = "x86_64")]
    Avx2,
    Portable,
}

impl InstructionSet {
    /// The fastest one.
    pub(crate) fn best() -> InstructionSet {
        Self::available()[0]
    }

    /// All of them, fastest first.
    pub(crate) fn available() -> Vec<InstructionSet> {
        let mut sets = Vec::new();
        #[cfg(target_arch = "x86_64")]
        {
            if is_x86_feature_detected!("avx512f") {
                sets.push(InstructionSet(Kind::Avx512));
            }
            if is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma") {
                sets.push(InstructionSet(Kind::Avx2));
            }
        }
        sets.push(InstructionSet(Kind::Portable));
        sets
    }
}

/// Floats aligned to cache lines. The length is a multiple of [`LANES`].
#[derive(Debug, Clone, Default)]
pub(crate) struct Buffer {
    blocks: Vec<Block>,
}

#[derive(Debug, Clone, Copy)]
#[repr(C, align(64))]
struct Block([f32; LANES]);

impl Buffer {
    /// Zeros, at least `length` of them.
    pub(crate) fn zeros(length: usize) -> Buffer {
        Buffer { blocks: vec![Block([0.0; LANES]); length.div_ceil(LANES)] }
    }

    /// Makes the buffer at least `length` long; what is in it stays.
    pub(crate) fn grow(&mut self, length: usize) {
        if self.len() < length {
            self.blocks.resize(length.div_ceil(LANES), Block([0.0; LANES]));
        }
    }
}

impl Deref for Buffer {
    type Target = [f32];

    fn deref(&self) -> &[f32] {
        // SAFETY: `Block` is `repr(C)` and holds exactly `LANES` floats without padding (64 bytes, aligned
        // to 64), so the blocks are one run of initialised floats, borrowed as long as `self`.
        unsafe { std::slice::from_raw_parts(self.blocks.as_ptr().cast(), self.blocks.len() * LANES) }
    }
}

impl DerefMut for Buffer {
    fn deref_mut(&mut self) -> &mut [f32] {
        // SAFETY: as in `deref`, and the borrow is exclusive.
        unsafe { std::slice::from_raw_parts_mut(self.blocks.as_mut_ptr().cast(), self.blocks.len() * LANES) }
    }
}

/// Sixteen floats in registers.
///
/// # Safety
/// The functions may only run on a CPU with the instruction set of the implementor.
trait Simd: Copy {
    type V: Copy;
    /// Whether two dozen such values fit into the registers, rather than half a dozen.
    const HAS_MANY: bool;
    unsafe fn load(from: *const f32) -> Self::V;
    unsafe fn store(to: *mut f32, v: Self::V);
    unsafe fn splat(x: f32) -> Self::V;
    /// a * b + c
    unsafe fn fma(a: Self::V, b: Self::V, c: Self::V) -> Self::V;
    unsafe fn add(a: Self::V, b: Self::V) -> Self::V;
    unsafe fn sub(a: Self::V, b: Self::V) -> Self::V;
    unsafe fn max(a: Self::V, b: Self::V) -> Self::V;
    /// The sum of all lanes, halves added until one is left.
    unsafe fn sum(v: Self::V) -> f32;
}

#[derive(Clone, Copy)]
struct Portable;

impl Simd for Portable {
    type V = [f32; LANES];
    const HAS_MANY: bool = false;

    #[inline(always)]
    unsafe fn load(from: *const f32) -> Self::V {
        // SAFETY: the caller gives a pointer to `LANES` floats.
        unsafe { from.cast::<[f32; LANES]>().read_unaligned() }
    }
    #[inline(always)]
    unsafe fn store(to: *mut f32, v: Self::V) {
        // SAFETY: the caller gives a pointer to room for `LANES` floats.
        unsafe { to.cast::<[f32; LANES]>().write_unaligned(v) }
    }
    #[inline(always)]
    unsafe fn splat(x: f32) -> Self::V {
        [x; LANES]
    }
    #[inline(always)]
    unsafe fn fma(a: Self::V, b: Self::V, c: Self::V) -> Self::V {
        // Without the instruction, a fused multiply-add is a slow call: multiply and add apart.
        if cfg!(any(target_arch = "aarch64", target_feature = "fma")) {
            std::array::from_fn(|i| a[i].mul_add(b[i], c[i]))
        } else {
            std::array::from_fn(|i| a[i] * b[i] + c[i])
        }
    }
    #[inline(always)]
    unsafe fn add(a: Self::V, b: Self::V) -> Self::V {
        std::array::from_fn(|i| a[i] + b[i])
    }
    #[inline(always)]
    unsafe fn sub(a: Self::V, b: Self::V) -> Self::V {
        std::array::from_fn(|i| a[i] - b[i])
    }
    #[inline(always)]
    unsafe fn max(a: Self::V, b: Self::V) -> Self::V {
        std::array::from_fn(|i| if a[i] > b[i] { a[i] } else { b[i] })
    }
    #[inline(always)]
    unsafe fn sum(v: Self::V) -> f32 {
        let eight: [f32; 8] = std::array::from_fn(|i| v[i] + v[i + 8]);
        let four: [f32; 4] = std::array::from_fn(|i| eight[i] + eight[i + 4]);
        (four[0] + four[2]) + (four[1] + four[3])
    }
}

#[cfg(target_arch = "x86_64")]
mod x86 {
    use std::arch::x86_64::*;

    use super::Simd;

    #[derive(Clone, Copy)]
    pub(super) struct Avx512;

    // SAFETY of every block below: the trait's contract (the CPU has the instruction set, pointers lead to
    // sixteen floats) is just what the intrinsics ask for; loads and stores are the unaligned kind.
    impl Simd for Avx512 {
        type V = __m512;
        const HAS_MANY: bool = true;

        #[inline(always)]
        unsafe fn load(from: *const f32) -> __m512 {
            // SAFETY: see above.
            unsafe { _mm512_loadu_ps(from) }
        }
        #[inline(always)]
        unsafe fn store(to: *mut f32, v: __m512) {
            // SAFETY: see above.
            unsafe { _mm512_storeu_ps(to, v) }
        }
        #[inline(always)]
        unsafe fn splat(x: f32) -> __m512 {
            // SAFETY: see above.
            unsafe { _mm512_set1_ps(x) }
        }
        #[inline(always)]
        unsafe fn fma(a: __m512, b: __m512, c: __m512) -> __m512 {
            // SAFETY: see above.
            unsafe { _mm512_fmadd_ps(a, b, c) }
        }
        #[inline(always)]
        unsafe fn add(a: __m512, b: __m512) -> __m512 {
            // SAFETY: see above.
            unsafe { _mm512_add_ps(a, b) }
        }
        #[inline(always)]
        unsafe fn sub(a: __m512, b: __m512) -> __m512 {
            // SAFETY: see above.
            unsafe { _mm512_sub_ps(a, b) }
        }
        #[inline(always)]
        unsafe fn max(a: __m512, b: __m512) -> __m512 {
            // SAFETY: see above.
            unsafe { _mm512_max_ps(a, b) }
        }
        #[inline(always)]
        unsafe fn sum(v: __m512) -> f32 {
            // SAFETY: see above; AVX-512 includes AVX2.
            unsafe {
                let low = _mm512_castps512_ps256(v);
                let high = _mm256_castpd_ps(_mm512_extractf64x4_pd::<1>(_mm512_castps_pd(v)));
                sum8(_mm256_add_ps(low, high))
            }
        }
    }

    #[derive(Clone, Copy)]
    pub(super) struct Avx2;

    impl Simd for Avx2 {
        type V = [__m256; 2];
        const HAS_MANY: bool = false;

        #[inline(always)]
        unsafe fn load(from: *const f32) -> Self::V {
            // SAFETY: see above.
            unsafe { [_mm256_loadu_ps(from), _mm256_loadu_ps(from.add(8))] }
        }
        #[inline(always)]
        unsafe fn store(to: *mut f32, v: Self::V) {
            // SAFETY: see above.
            unsafe {
                _mm256_storeu_ps(to, v[0]);
                _mm256_storeu_ps(to.add(8), v[1]);
            }
        }
        #[inline(always)]
        unsafe fn splat(x: f32) -> Self::V {
            // SAFETY: see above.
            unsafe { [_mm256_set1_ps(x); 2] }
        }
        #[inline(always)]
        unsafe fn fma(a: Self::V, b: Self::V, c: Self::V) -> Self::V {
            // SAFETY: see above.
            unsafe { [_mm256_fmadd_ps(a[0], b[0], c[0]), _mm256_fmadd_ps(a[1], b[1], c[1])] }
        }
        #[inline(always)]
        unsafe fn add(a: Self::V, b: Self::V) -> Self::V {
            // SAFETY: see above.
            unsafe { [_mm256_add_ps(a[0], b[0]), _mm256_add_ps(a[1], b[1])] }
        }
        #[inline(always)]
        unsafe fn sub(a: Self::V, b: Self::V) -> Self::V {
            // SAFETY: see above.
            unsafe { [_mm256_sub_ps(a[0], b[0]), _mm256_sub_ps(a[1], b[1])] }
        }
        #[inline(always)]
        unsafe fn max(a: Self::V, b: Self::V) -> Self::V {
            // SAFETY: see above.
            unsafe { [_mm256_max_ps(a[0], b[0]), _mm256_max_ps(a[1], b[1])] }
        }
        #[inline(always)]
        unsafe fn sum(v: Self::V) -> f32 {
            // SAFETY: see above.
            unsafe { sum8(_mm256_add_ps(v[0], v[1])) }
        }
    }

    #[inline(always)]
    unsafe fn sum8(v: __m256) -> f32 {
        // SAFETY: called only where AVX2 is there.
        unsafe {
            let four = _mm_add_ps(_mm256_castps256_ps128(v), _mm256_extractf128_ps::<1>(v));
            let two = _mm_add_ps(four, _mm_movehl_ps(four, four));
            _mm_cvtss_f32(_mm_add_ss(two, _mm_shuffle_ps::<1>(two, two)))
        }
    }
}

/// Defines `fn name(set, args)`, which runs the generic `routine` compiled for that instruction set.
macro_rules! dispatch {
    ($name:ident = $routine:ident<$($c:ident),*>($($arg:ident: $type:ty),* $(,)?)) => {
        /// # Safety
        /// As for the routine it calls, of the same arguments.
        unsafe fn $name<$(const $c: usize),*>(set: InstructionSet, $($arg: $type),*) {
            #[cfg(target_arch = "x86_64")]
            #[target_feature(enable = "avx512f,avx2,fma")]
            unsafe fn avx512<$(const $c: usize),*>($($arg: $type),*) {
                // SAFETY: the features are enabled here; the rest is the caller's promise.
                unsafe { $routine::<x86::Avx512, $($c),*>($($arg),*) }
            }
            #[cfg(target_arch = "x86_64")]
            #[target_feature(enable = "avx2,fma")]
            unsafe fn avx2<$(const $c: usize),*>($($arg: $type),*) {
                // SAFETY: the features are enabled here; the rest is the caller's promise.
                unsafe { $routine::<x86::Avx2, $($c),*>($($arg),*) }
            }
            // SAFETY: an `InstructionSet` exists only for sets that the CPU has; the rest is the caller's
            // promise.
            unsafe {
                match set.0 {
                    #[cfg(target_arch = "x86_64")]
                    Kind::Avx512 => avx512::<$($c),*>($($arg),*),
                    #[cfg(target_arch = "x86_64")]
                    Kind::Avx2 => avx2::<$($c),*>($($arg),*),
                    Kind::Portable => $routine::<Portable, $($c),*>($($arg),*),
                }
            }
        }
    };
}

/// Rows of a matrix that may overlap: row `r` starts at `r * stride`.
#[derive(Clone, Copy)]
pub(crate) struct Rows<'a> {
    data: &'a [f32],
    stride: usize,
    count: usize,
}

impl<'a> Rows<'a> {
    /// `count` rows in `data`, each `stride` floats after the one before.
    pub(crate) fn new(data: &'a [f32], stride: usize, count: usize) -> Rows<'a> {
        Rows { data, stride, count }
    }

    fn check(&self, width: usize) {
        let needed = if self.count == 0 { 0 } else { (self.count - 1) * self.stride + width };
        assert!(self.data.len() >= needed, "too few rows of inputs");
    }
}

/// `x W' + b` with weights packed into panels of 32 outputs.
#[derive(Debug, Clone)]
pub(crate) struct Affine {
    set: InstructionSet,
    inputs: usize,
    columns: usize,
    weights: Buffer,
    bias: Buffer,
}

/// Blocks of [`LANES`] outputs in a panel of [`Affine`].
const AFFINE_BLOCKS: usize = 2;

impl Affine {
    /// Packs `weights`, a row of `inputs` for each output, and the outputs' biases.
    pub(crate) fn new(set: InstructionSet, weights: &[f32], bias: &[f32], inputs: usize) -> Affine {
        assert!(weights.len() == inputs * bias.len() && inputs <= MOST_INPUTS, "shape of weights");
        let columns = bias.len().next_multiple_of(AFFINE_BLOCKS * LANES);
        let mut packed = Buffer::zeros(columns * inputs);
        for (output, row) in weights.chunks_exact(inputs.max(1)).enumerate() {
            let width = AFFINE_BLOCKS * LANES;
            let (panel, column) = (output / width, output % width);
            for (k, &weight) in row.iter().enumerate() {
                packed[(panel * inputs + k) * width + column] = weight;
            }
        }
        let mut padded = Buffer::zeros(columns);
        padded[..bias.len()].copy_from_slice(bias);
        Affine { set, inputs, columns, weights: packed, bias: padded }
    }

    /// Outputs, rounded up to whole panels: the length of a row of results. Those beyond the last output
    /// are 0.
    pub(crate) fn columns(&self) -> usize {
        self.columns
    }

    /// Computes all rows into `out`, row after row of [`Affine::columns`].
    pub(crate) fn apply(&self, x: Rows, out: &mut [f32]) {
        x.check(self.inputs);
        assert!(out.len() >= x.count * self.columns, "too little room for outputs");
        // SAFETY: the assertions here and in `new` are what the routine asks for.
        unsafe { affine(self.set, self, x, out.as_mut_ptr()) }
    }
}

dispatch!(affine = affine_rows<>(affine: &Affine, x: Rows, out: *mut f32));

/// # Safety
/// The CPU has `S`; `x` has its rows of `inputs` floats; `out` has room for all rows.
#[inline(always)]
unsafe fn affine_rows<S: Simd>(affine: &Affine, x: Rows, out: *mut f32) {
    let mut scratch = [MaybeUninit::<f32>::uninit(); ROWS * ROW_STRIDE];
    let scratch = scratch.as_mut_ptr().cast::<f32>();
    let mut row = 0;
    while row < x.count {
        let rows = ROWS.min(x.count - row);
        // SAFETY: rows `row..row + rows` exist, and every panel has its weights, biases and outputs.
        unsafe {
            copy_rows(x, row, rows, affine.inputs, scratch);
            for panel in 0..affine.columns / (AFFINE_BLOCKS * LANES) {
                let column = panel * AFFINE_BLOCKS * LANES;
                let weights = affine.weights.as_ptr().add(column * affine.inputs);
                let bias = affine.bias.as_ptr().add(column);
                let out = out.add(row * affine.columns + column);
                let shape = (affine.inputs, affine.columns);
                if S::HAS_MANY {
                    affine_panels::<S, 8, 4>(rows, scratch, weights, bias, shape, out);
                } else {
                    affine_panels::<S, 2, 2>(rows, scratch, weights, bias, shape, out);
                }
            }
        }
        row += rows;
    }
}

/// Takes rows by `M`, then by `R`, and the rest one by one.
#[inline(always)]
unsafe fn affine_panels<S: Simd, const M: usize, const R: usize>(
    rows: usize,
    x: *const f32,
    weights: *const f32,
    bias: *const f32,
    shape: (usize, usize),
    out: *mut f32,
) {
    let mut row = 0;
    while row < rows {
        // SAFETY: the caller's promises hold for each row.
        unsafe {
            let (x, out) = (x.add(row * ROW_STRIDE), out.add(row * shape.1));
            row += match rows - row {
                left if left >= M => affine_panel::<S, M>(x, weights, bias, shape, out),
                left if left >= R => affine_panel::<S, R>(x, weights, bias, shape, out),
                _ => affine_panel::<S, 1>(x, weights, bias, shape, out),
            };
        }
    }
}

#[inline(always)]
unsafe fn affine_panel<S: Simd, const M: usize>(
    x: *const f32,
    weights: *const f32,
    bias: *const f32,
    (inputs, stride): (usize, usize),
    out: *mut f32,
) -> usize {
    // SAFETY: the caller gives `M` rows of scratch, a panel of weights and biases, and room for `M` rows.
    unsafe {
        let sums = product::<S, M, AFFINE_BLOCKS>(inputs, x, weights, bias);
        for m in 0..M {
            for n in 0..AFFINE_BLOCKS {
                S::store(out.add(m * stride + n * LANES), sums[m][n]);
            }
        }
    }
    M
}

/// The heart: `M` rows of scratch times a panel of `N` blocks of outputs.
#[inline(always)]
unsafe fn product<S: Simd, const M: usize, const N: usize>(
    inputs: usize,
    x: *const f32,
    weights: *const f32,
    bias: *const f32,
) -> [[S::V; N]; M] {
    // SAFETY: the caller gives `M` rows of scratch, `N * inputs` blocks of weights and `N` of biases.
    unsafe {
        let mut sums = [[S::splat(0.0); N]; M];
        for row in &mut sums {
            for n in 0..N {
                row[n] = S::load(bias.add(n * LANES));
            }
        }
        for k in 0..inputs {
            let mut w = [S::splat(0.0); N];
            for n in 0..N {
                w[n] = S::load(weights.add((k * N + n) * LANES));
            }
            let mut inputs = [S::splat(0.0); M];
            for m in 0..M {
                inputs[m] = S::splat(*x.add(m * ROW_STRIDE + k));
            }
            // The inner loop runs over what has fewer values, which stay in registers meanwhile.
            if S::HAS_MANY {
                for m in 0..M {
                    for n in 0..N {
                        sums[m][n] = S::fma(inputs[m], w[n], sums[m][n]);
                    }
                }
            } else {
                for n in 0..N {
                    for m in 0..M {
                        sums[m][n] = S::fma(inputs[m], w[n], sums[m][n]);
                    }
                }
            }
        }
        sums
    }
}

#[inline(always)]
unsafe fn copy_rows(x: Rows, first: usize, count: usize, width: usize, scratch: *mut f32) {
    for m in 0..count {
        let start = (first + m) * x.stride;
        // SAFETY: the caller has checked that the row is there; the scratch has `ROWS` rows of at least
        // `width` floats.
        unsafe {
            let from = x.data.as_ptr().add(start);
            std::ptr::copy_nonoverlapping(from, scratch.add(m * ROW_STRIDE), width);
        }
    }
}

/// Normalises a row to mean 0 and variance 1, then scales and shifts it (thinc's `LayerNorm`).
#[derive(Debug, Clone)]
pub(crate) struct LayerNorm {
    gain: Buffer,
    bias: Buffer,
}

impl LayerNorm {
    /// Takes gain and bias of each column; their number is a multiple of [`LANES`].
    pub(crate) fn new(gain: &[f32], bias: &[f32]) -> LayerNorm {
        assert!(gain.len() == bias.len() && gain.len().is_multiple_of(LANES), "width of a layer norm");
        let mut norm = LayerNorm { gain: Buffer::zeros(gain.len()), bias: Buffer::zeros(bias.len()) };
        norm.gain.copy_from_slice(gain);
        norm.bias.copy_from_slice(bias);
        norm
    }
}

/// Normalises a row of `x` into `out`, and adds the row at `residual` where there is one.
#[inline(always)]
unsafe fn normalise<S: Simd>(norm: &LayerNorm, x: *const f32, residual: Option<*const f32>, out: *mut f32) {
    let width = norm.gain.len();
    let blocks = width / LANES;
    // SAFETY: the caller gives rows of the norm's width.
    unsafe {
        let mut sum = S::splat(0.0);
        for b in 0..blocks {
            sum = S::add(sum, S::load(x.add(b * LANES)));
        }
        let mean = S::splat(S::sum(sum) / width as f32);
        let mut squares = S::splat(0.0);
        for b in 0..blocks {
            let off = S::sub(S::load(x.add(b * LANES)), mean);
            squares = S::fma(off, off, squares);
        }
        let scale = S::splat(1.0 / (S::sum(squares) / width as f32 + 1e-8).sqrt());
        let zero = S::splat(0.0);
        for b in 0..blocks {
            let at = b * LANES;
            let unit = S::fma(S::sub(S::load(x.add(at)), mean), scale, zero);
            let scaled =
                S::fma(unit, S::load(norm.gain.as_ptr().add(at)), S::load(norm.bias.as_ptr().add(at)));
            let row = match residual {
                Some(residual) => S::add(scaled, S::load(residual.add(at))),
                None => scaled,
            };
            S::store(out.add(at), row);
        }
    }
}

/// `norm(max over pieces (x W' + b))`: a maxout layer and its layer norm.
#[derive(Debug, Clone)]
pub(crate) struct Maxout {
    set: InstructionSet,
    inputs: usize,
    pieces: usize,
    weights: Buffer,
    bias: Buffer,
    norm: LayerNorm,
}

/// Pieces that a maxout layer may have.
pub(crate) const PIECES: std::ops::RangeInclusive<usize> = 1..=3;

/// Packs weights (output, piece, input) so that a panel is sixteen outputs with all their pieces.
fn pack_pieces(weights: &[f32], outputs: usize, pieces: usize, inputs: usize) -> Buffer {
    let mut packed = Buffer::zeros(outputs * pieces * inputs);
    for (row, weights) in weights.chunks_exact(inputs.max(1)).enumerate() {
        let (output, piece) = (row / pieces, row % pieces);
        let panel = (output / LANES) * inputs;
        for (k, &weight) in weights.iter().enumerate() {
            packed[((panel + k) * pieces + piece) * LANES + output % LANES] = weight;
        }
    }
    packed
}

fn check_pieces(weights: &[f32], bias: &[f32], norm: &LayerNorm, inputs: usize) -> usize {
    let width = norm.gain.len();
    let pieces = bias.len() / width;
    assert!(pieces * width == bias.len() && PIECES.contains(&pieces), "pieces of a maxout layer");
    assert!(weights.len() == inputs * bias.len(), "shape of weights");
    pieces
}

impl Maxout {
    /// Packs `weights` (output, piece, input) and `bias` (output, piece).
    pub(crate) fn new(
        set: InstructionSet,
        weights: &[f32],
        bias: &[f32],
        norm: LayerNorm,
        inputs: usize,
    ) -> Maxout {
        let pieces = check_pieces(weights, bias, &norm, inputs);
        assert!(inputs <= MOST_INPUTS, "inputs of a maxout layer");
        let weights = pack_pieces(weights, norm.gain.len(), pieces, inputs);
        let bias = pack_pieces(bias, norm.gain.len(), pieces, 1);
        Maxout { set, inputs, pieces, weights, bias, norm }
    }

    /// Outputs: the length of a row of results.
    pub(crate) fn width(&self) -> usize {
        self.norm.gain.len()
    }

    /// Computes all rows into `out`, row after row of [`Maxout::width`].
    pub(crate) fn apply(&self, x: Rows, out: &mut [f32]) {
        x.check(self.inputs);
        assert!(out.len() >= x.count * self.width(), "too little room for outputs");
        let out = out.as_mut_ptr();
        // SAFETY: the assertions here and in `new` are what the routine asks for.
        unsafe {
            match self.pieces {
                1 => maxout::<1>(self.set, self, x, out),
                2 => maxout::<2>(self.set, self, x, out),
                _ => maxout::<3>(self.set, self, x, out),
            }
        }
    }
}

dispatch!(maxout = maxout_rows<P>(layer: &Maxout, x: Rows, out: *mut f32));

/// # Safety
/// The CPU has `S`; the layer has `P` pieces; `x` has its rows of `inputs`; `out` has room for all rows.
#[inline(always)]
unsafe fn maxout_rows<S: Simd, const P: usize>(layer: &Maxout, x: Rows, out: *mut f32) {
    let width = layer.width();
    let mut scratch = [MaybeUninit::<f32>::uninit(); ROWS * ROW_STRIDE];
    let scratch = scratch.as_mut_ptr().cast::<f32>();
    let mut row = 0;
    while row < x.count {
        let rows = ROWS.min(x.count - row);
        // SAFETY: rows `row..row + rows` exist, and every panel has its weights, biases and outputs.
        unsafe {
            copy_rows(x, row, rows, layer.inputs, scratch);
            for column in (0..width).step_by(LANES) {
                let weights = layer.weights.as_ptr().add(column * P * layer.inputs);
                let bias = layer.bias.as_ptr().add(column * P);
                let out = out.add(row * width + column);
                let shape = (layer.inputs, width);
                if S::HAS_MANY {
                    maxout_panels::<S, 8, 4, P>(rows, scratch, weights, bias, shape, out);
                } else {
                    maxout_panels::<S, 2, 2, P>(rows, scratch, weights, bias, shape, out);
                }
            }
            for m in 0..rows {
                let out = out.add((row + m) * width);
                normalise::<S>(&layer.norm, out, None, out);
            }
        }
        row += rows;
    }
}

/// Takes rows by `M`, then by `R`, and the rest one by one.
#[inline(always)]
unsafe fn maxout_panels<S: Simd, const M: usize, const R: usize, const P: usize>(
    rows: usize,
    x: *const f32,
    weights: *const f32,
    bias: *const f32,
    shape: (usize, usize),
    out: *mut f32,
) {
    let mut row = 0;
    while row < rows {
        // SAFETY: the caller's promises hold for each row.
        unsafe {
            let (x, out) = (x.add(row * ROW_STRIDE), out.add(row * shape.1));
            row += match rows - row {
                left if left >= M => maxout_panel::<S, M, P>(x, weights, bias, shape, out),
                left if left >= R => maxout_panel::<S, R, P>(x, weights, bias, shape, out),
                _ => maxout_panel::<S, 1, P>(x, weights, bias, shape, out),
            };
        }
    }
}

#[inline(always)]
unsafe fn maxout_panel<S: Simd, const M: usize, const P: usize>(
    x: *const f32,
    weights: *const f32,
    bias: *const f32,
    (inputs, stride): (usize, usize),
    out: *mut f32,
) -> usize {
    // SAFETY: the caller gives `M` rows of scratch, a panel of weights and biases, and room for `M` rows.
    unsafe {
        let sums = product::<S, M, P>(inputs, x, weights, bias);
        for m in 0..M {
            S::store(out.add(m * stride), largest::<S, P>(&sums[m]));
        }
    }
    M
}

#[inline(always)]
unsafe fn largest<S: Simd, const P: usize>(pieces: &[S::V; P]) -> S::V {
    let mut largest = pieces[0];
    for &piece in &pieces[1..] {
        // SAFETY: the caller runs on a CPU with `S`.
        largest = unsafe { S::max(largest, piece) };
    }
    largest
}

/// `x + norm(max over pieces (W [before; x; after] + b))`: a residual convolution over three rows.
///
/// Two neighbouring rows are computed together by Winograd's minimal filtering F(2, 3): four products of
/// one row's width instead of six. A pair always starts at an even row, so put a text's first row at an
/// even place and its results do not depend on what stands around it.
#[derive(Debug, Clone)]
pub(crate) struct WindowMaxout {
    set: InstructionSet,
    pieces: usize,
    /// By panel: for each input the filters of the sum and the difference, then for each input the outer two.
    weights: Buffer,
    bias: Buffer,
    norm: LayerNorm,
}

impl WindowMaxout {
    /// Packs `weights` (output, piece, three times the width) and `bias` (output, piece).
    pub(crate) fn new(set: InstructionSet, weights: &[f32], bias: &[f32], norm: LayerNorm) -> WindowMaxout {
        let width = norm.gain.len();
        assert!(width <= TRANSFORMED_STRIDE, "width of a window layer");
        let pieces = check_pieces(weights, bias, &norm, 3 * width);
        let mut packed = Buffer::zeros(4 * width * pieces * width);
        for (row, taps) in weights.chunks_exact(3 * width).enumerate() {
            let (output, piece) = (row / pieces, row % pieces);
            let panel = (output / LANES) * 4 * width;
            let mut put = |slot: usize, half: usize, k: usize, weight: f32| {
                let block = (panel + half * 2 * width + 2 * k + slot) * pieces + piece;
                packed[block * LANES + output % LANES] = weight;
            };
            for k in 0..width {
                let [before, at, after] = [taps[k], taps[width + k], taps[2 * width + k]];
                put(0, 0, k, (before + at + after) * 0.5);
                put(1, 0, k, (before - at + after) * 0.5);
                put(0, 1, k, before);
                put(1, 1, k, after);
            }
        }
        let bias = pack_pieces(bias, width, pieces, 1);
        WindowMaxout { set, pieces, weights: packed, bias, norm }
    }

    /// Columns of a row, in and out.
    pub(crate) fn width(&self) -> usize {
        self.norm.gain.len()
    }

    /// Computes rows `0..count` of `out` from rows `-1..=count` of the input: `x` starts one row before.
    /// `count` is even.
    pub(crate) fn apply(&self, x: &[f32], count: usize, out: &mut [f32]) {
        let width = self.width();
        assert!(count.is_multiple_of(2), "rows come in pairs");
        assert!(x.len() >= (count + 2) * width && out.len() >= count * width, "too few rows");
        let (x, out) = (x.as_ptr(), out.as_mut_ptr());
        // SAFETY: the assertions here and in `new` are what the routine asks for.
        unsafe {
            match self.pieces {
                1 => window::<1>(self.set, self, x, count, out),
                2 => window::<2>(self.set, self, x, count, out),
                _ => window::<3>(self.set, self, x, count, out),
            }
        }
    }
}

dispatch!(window = window_rows<P>(layer: &WindowMaxout, x: *const f32, count: usize, out: *mut f32));

/// # Safety
/// The CPU has `S`; the layer has `P` pieces; `x` has `count + 2` rows and `out` room for `count`, which is
/// even; they do not overlap.
#[inline(always)]
unsafe fn window_rows<S: Simd, const P: usize>(
    layer: &WindowMaxout,
    x: *const f32,
    count: usize,
    out: *mut f32,
) {
    let width = layer.width();
    let most = if S::HAS_MANY { PAIRS } else { PAIRS - 1 };
    let mut scratch = [MaybeUninit::<f32>::uninit(); PAIRS * 4 * TRANSFORMED_STRIDE];
    let scratch = scratch.as_mut_ptr().cast::<f32>();
    let mut row = 0;
    while row < count {
        let pairs = most.min((count - row) / 2);
        // SAFETY: pairs `row / 2..row / 2 + pairs` exist with a row on either side.
        unsafe {
            for pair in 0..pairs {
                let to = scratch.add(pair * 4 * TRANSFORMED_STRIDE);
                transform::<S>(x.add((row + 2 * pair) * width), width, to);
            }
            let out = out.add(row * width);
            for column in (0..width).step_by(LANES) {
                let weights = layer.weights.as_ptr().add(column * 4 * P * width);
                let bias = layer.bias.as_ptr().add(column * P);
                let out = out.add(column);
                if pairs < most {
                    for pair in 0..pairs {
                        let x = scratch.add(pair * 4 * TRANSFORMED_STRIDE);
                        pairs_panel::<S, 1, P, 1>(x, weights, bias, width, out.add(2 * pair * width));
                    }
                } else if S::HAS_MANY {
                    pairs_panel::<S, PAIRS, P, P>(scratch, weights, bias, width, out);
                } else {
                    pairs_panel::<S, { PAIRS - 1 }, P, 1>(scratch, weights, bias, width, out);
                }
            }
            for m in 0..2 * pairs {
                let (out, residual) = (out.add(m * width), x.add((row + m + 1) * width));
                normalise::<S>(&layer.norm, out, Some(residual), out);
            }
        }
        row += 2 * pairs;
    }
}

/// Rows a, b, c, d give a - c, b + c, c - b, d - b.
#[inline(always)]
unsafe fn transform<S: Simd>(x: *const f32, width: usize, out: *mut f32) {
    // SAFETY: the caller gives four rows in, and four rows of scratch out.
    unsafe {
        for at in (0..width).step_by(LANES) {
            let row = |r: usize| S::load(x.add(r * width + at));
            let (a, b, c, d) = (row(0), row(1), row(2), row(3));
            S::store(out.add(at), S::sub(a, c));
            S::store(out.add(TRANSFORMED_STRIDE + at), S::add(b, c));
            S::store(out.add(2 * TRANSFORMED_STRIDE + at), S::sub(c, b));
            S::store(out.add(3 * TRANSFORMED_STRIDE + at), S::sub(d, b));
        }
    }
}

/// `T` pairs of rows times a panel of sixteen outputs with `P` pieces, of which `N` are worked on at a time.
#[inline(always)]
unsafe fn pairs_panel<S: Simd, const T: usize, const P: usize, const N: usize>(
    x: *const f32,
    weights: *const f32,
    bias: *const f32,
    width: usize,
    out: *mut f32,
) {
    // SAFETY: the caller gives `T` transformed pairs, a panel of weights and biases, and room for `2 T` rows.
    unsafe {
        for piece in (0..P).step_by(N) {
            let (weights, bias) = (weights.add(piece * LANES), bias.add(piece * LANES));
            let (even, odd) = pairs_product::<S, T, P, N>(x, weights, bias, width);
            for t in 0..T {
                for (row, pieces) in [(2 * t, &even[t]), (2 * t + 1, &odd[t])] {
                    let out = out.add(row * width);
                    let mut best = largest::<S, N>(pieces);
                    if piece > 0 {
                        best = S::max(S::load(out), best);
                    }
                    S::store(out, best);
                }
            }
        }
    }
}

type Pairs<V, const T: usize, const N: usize> = ([[V; N]; T], [[V; N]; T]);

/// The even and the odd rows of `T` pairs, for `N` of `P` pieces of sixteen outputs.
#[inline(always)]
unsafe fn pairs_product<S: Simd, const T: usize, const P: usize, const N: usize>(
    x: *const f32,
    weights: *const f32,
    bias: *const f32,
    width: usize,
) -> Pairs<S::V, T, N> {
    // SAFETY: as in `pairs_panel`.
    unsafe {
        let mut even = [[S::splat(0.0); N]; T];
        let mut odd = even;
        let step = 2 * P * LANES;
        for k in 0..width {
            let (x, w) = (x.add(TRANSFORMED_STRIDE + k), weights.add(k * step));
            add_products::<S, T, P, N>(x, TRANSFORMED_STRIDE, w, &mut even, &mut odd);
        }
        for t in 0..T {
            for n in 0..N {
                let sum = S::add(S::load(bias.add(n * LANES)), even[t][n]);
                let difference = odd[t][n];
                even[t][n] = S::add(sum, difference);
                odd[t][n] = S::sub(sum, difference);
            }
        }
        let weights = weights.add(width * step);
        for k in 0..width {
            add_products::<S, T, P, N>(
                x.add(k),
                3 * TRANSFORMED_STRIDE,
                weights.add(k * step),
                &mut even,
                &mut odd,
            );
        }
        (even, odd)
    }
}

/// Adds to `first` the products of one input, and to `second` those of the input `apart` from it.
#[inline(always)]
unsafe fn add_products<S: Simd, const T: usize, const P: usize, const N: usize>(
    x: *const f32,
    apart: usize,
    w: *const f32,
    first: &mut [[S::V; N]; T],
    second: &mut [[S::V; N]; T],
) {
    // SAFETY: as in `pairs_panel`.
    unsafe {
        for (half, sums) in [first, second].into_iter().enumerate() {
            let mut weights = [S::splat(0.0); N];
            for n in 0..N {
                weights[n] = S::load(w.add((half * P + n) * LANES));
            }
            for t in 0..T {
                let x = S::splat(*x.add(t * 4 * TRANSFORMED_STRIDE + half * apart));
                for n in 0..N {
                    sums[t][n] = S::fma(x, weights[n], sums[t][n]);
                }
            }
        }
    }
}

/// The same residual convolution where the three products of a row are known already: their parts are
/// added, instead of being computed. Parts have the pieces of sixteen outputs side by side.
#[derive(Debug, Clone)]
pub(crate) struct SummedMaxout {
    set: InstructionSet,
    pieces: usize,
    norm: LayerNorm,
}

/// What [`SummedMaxout`] adds up for one row.
pub(crate) struct Parts<'a> {
    /// Product of the row before with its weights.
    pub(crate) before: &'a [f32],
    /// Product of the row itself with its weights, and the bias.
    pub(crate) at: &'a [f32],
    /// Product of the row after with its weights.
    pub(crate) after: &'a [f32],
    /// The row itself.
    pub(crate) row: &'a [f32],
}

impl SummedMaxout {
    /// A layer of so many pieces.
    pub(crate) fn new(set: InstructionSet, pieces: usize, norm: LayerNorm) -> SummedMaxout {
        assert!(PIECES.contains(&pieces), "pieces of a maxout layer");
        SummedMaxout { set, pieces, norm }
    }

    /// Computes one row.
    pub(crate) fn apply(&self, parts: Parts, out: &mut [f32]) {
        let width = self.norm.gain.len();
        let longest = parts.before.len().min(parts.at.len()).min(parts.after.len());
        assert!(longest >= width * self.pieces, "too short parts");
        assert!(parts.row.len() >= width && out.len() >= width, "too short rows");
        let out = out.as_mut_ptr();
        // SAFETY: the assertions are what the routine asks for.
        unsafe {
            match self.pieces {
                1 => summed::<1>(self.set, &self.norm, &parts, out),
                2 => summed::<2>(self.set, &self.norm, &parts, out),
                _ => summed::<3>(self.set, &self.norm, &parts, out),
            }
        }
    }
}

dispatch!(summed = summed_row<P>(norm: &LayerNorm, parts: &Parts, out: *mut f32));

/// # Safety
/// The CPU has `S`; the parts have `P` times the norm's width, the row and `out` that width.
#[inline(always)]
unsafe fn summed_row<S: Simd, const P: usize>(norm: &LayerNorm, parts: &Parts, out: *mut f32) {
    // SAFETY: the caller's promise bounds every access.
    unsafe {
        for column in (0..norm.gain.len()).step_by(LANES) {
            let mut pieces = [S::splat(0.0); P];
            for p in 0..P {
                let at = column * P + p * LANES;
                let before = S::load(parts.before.as_ptr().add(at));
                let middle = S::load(parts.at.as_ptr().add(at));
                pieces[p] = S::add(S::add(before, middle), S::load(parts.after.as_ptr().add(at)));
            }
            S::store(out.add(column), largest::<S, P>(&pieces));
        }
        normalise::<S>(norm, out, Some(parts.row.as_ptr()), out);
    }
}

/// What a parser does with one state: adds up the state's features, takes the larger pieces, scores every
/// class and picks the best of those that are allowed.
#[derive(Debug, Clone)]
pub(crate) struct StateLayer {
    set: InstructionSet,
    pieces: usize,
    hidden: usize,
    blocks: usize,
    bias: Buffer,
    weights: Buffer,
    class_bias: Buffer,
}

/// Most blocks of classes that one pass over the hidden units makes.
const CLASS_BLOCKS: usize = 8;

/// Most hidden units of a [`StateLayer`].
pub(crate) const MOST_HIDDEN: usize = 512;

impl StateLayer {
    /// Packs `bias` (hidden unit, piece), `weights` (class, hidden unit) and `class_bias`.
    pub(crate) fn new(
        set: InstructionSet,
        bias: &[f32],
        pieces: usize,
        weights: &[f32],
        class_bias: &[f32],
    ) -> StateLayer {
        let units = bias.len() / pieces;
        let hidden = units.next_multiple_of(LANES);
        assert!(PIECES.contains(&pieces) && hidden <= MOST_HIDDEN, "shape of a state layer");
        assert!(weights.len() == units * class_bias.len(), "shape of weights");
        let blocks = class_bias.len().div_ceil(LANES);
        let mut layer = StateLayer {
            set,
            pieces,
            hidden,
            blocks,
            bias: Buffer::zeros(hidden * pieces),
            weights: Buffer::zeros(hidden * blocks * LANES),
            class_bias: Buffer::zeros(blocks * LANES),
        };
        for (i, &bias) in bias.iter().enumerate() {
            layer.bias[(i % pieces) * hidden + i / pieces] = bias;
        }
        layer.class_bias[..class_bias.len()].copy_from_slice(class_bias);
        for (i, &weight) in weights.iter().enumerate() {
            let place = layer.place(i / units, i % units);
            layer.weights[place] = weight;
        }
        layer
    }

    fn place(&self, class: usize, unit: usize) -> usize {
        let panel = class / (CLASS_BLOCKS * LANES) * CLASS_BLOCKS;
        let width = (self.blocks - panel).min(CLASS_BLOCKS) * LANES;
        panel * LANES * self.hidden + unit * width + (class - panel * LANES)
    }

    /// Hidden units, rounded up to whole registers.
    pub(crate) fn hidden(&self) -> usize {
        self.hidden
    }

    /// Length of a feature: its pieces one after the other, each of [`StateLayer::hidden`] units.
    pub(crate) fn feature_length(&self) -> usize {
        self.hidden * self.pieces
    }

    /// Length of a mask: classes, rounded up to whole registers.
    pub(crate) fn mask_length(&self) -> usize {
        self.blocks * LANES
    }

    /// The class with the largest score, the first of equals, where `mask` is added to the scores: 0 allows
    /// a class, minus infinity forbids it. Any class may come out if none is allowed or no score is a number.
    pub(crate) fn best(&self, features: &[&[f32]], mask: &[f32]) -> usize {
        assert!(features.iter().all(|f| f.len() >= self.feature_length()), "too short features");
        assert!(mask.len() >= self.mask_length(), "too short mask");
        let mut best = 0;
        // SAFETY: the assertions here and in `new` are what the routine asks for.
        unsafe {
            match self.pieces {
                1 => state::<1>(self.set, self, features, mask.as_ptr(), &mut best),
                2 => state::<2>(self.set, self, features, mask.as_ptr(), &mut best),
                _ => state::<3>(self.set, self, features, mask.as_ptr(), &mut best),
            }
        }
        best
    }
}

dispatch!(state = best_class<P>(layer: &StateLayer, features: &[&[f32]], mask: *const f32, best: &mut usize));

/// # Safety
/// The CPU has `S`; the layer has `P` pieces; features and mask have the lengths that the layer names.
#[inline(always)]
unsafe fn best_class<S: Simd, const P: usize>(
    layer: &StateLayer,
    features: &[&[f32]],
    mask: *const f32,
    best: &mut usize,
) {
    let mut hidden = [MaybeUninit::<f32>::uninit(); MOST_HIDDEN];
    let hidden = hidden.as_mut_ptr().cast::<f32>();
    let mut scores = [0.0; CLASS_BLOCKS * LANES];
    let mut highest = f32::NEG_INFINITY;
    // SAFETY: the caller's promise and the shapes that `StateLayer::new` gave bound every access.
    unsafe {
        for at in (0..layer.hidden).step_by(LANES) {
            let mut pieces = [S::splat(0.0); P];
            for p in 0..P {
                let at = p * layer.hidden + at;
                for feature in features {
                    pieces[p] = S::add(pieces[p], S::load(feature.as_ptr().add(at)));
                }
                pieces[p] = S::add(pieces[p], S::load(layer.bias.as_ptr().add(at)));
            }
            let unit = if P == 1 { S::max(pieces[0], S::splat(0.0)) } else { largest::<S, P>(&pieces) };
            S::store(hidden.add(at), unit);
        }
        for first in (0..layer.blocks).step_by(CLASS_BLOCKS) {
            let blocks = (layer.blocks - first).min(CLASS_BLOCKS);
            let weights = layer.weights.as_ptr().add(first * LANES * layer.hidden);
            let bias = layer.class_bias.as_ptr().add(first * LANES);
            let (x, mask, out) = (hidden.cast_const(), mask.add(first * LANES), scores.as_mut_ptr());
            match blocks {
                1 => score::<S, 1>(layer.hidden, x, weights, bias, mask, out),
                2 => score::<S, 2>(layer.hidden, x, weights, bias, mask, out),
                3 => score::<S, 3>(layer.hidden, x, weights, bias, mask, out),
                4 => score::<S, 4>(layer.hidden, x, weights, bias, mask, out),
                5 => score::<S, 5>(layer.hidden, x, weights, bias, mask, out),
                6 => score::<S, 6>(layer.hidden, x, weights, bias, mask, out),
                7 => score::<S, 7>(layer.hidden, x, weights, bias, mask, out),
                _ => score::<S, 8>(layer.hidden, x, weights, bias, mask, out),
            }
            let scores = &scores[..blocks * LANES];
            let index = first_largest(scores);
            if scores[index] > highest {
                highest = scores[index];
                *best = first * LANES + index;
            }
        }
    }
}

/// Scores of `N` blocks of classes, with the mask.
#[inline(always)]
unsafe fn score<S: Simd, const N: usize>(
    hidden: usize,
    x: *const f32,
    weights: *const f32,
    bias: *const f32,
    mask: *const f32,
    out: *mut f32,
) {
    // SAFETY: the caller gives `hidden` inputs, the panel's weights, and `N` blocks of the rest.
    unsafe {
        let [sums] = product::<S, 1, N>(hidden, x, weights, bias);
        for n in 0..N {
            S::store(out.add(n * LANES), S::add(sums[n], S::load(mask.add(n * LANES))));
        }
    }
}

/// The index of the largest value, the first of equals; 0 of none.
#[inline(always)]
pub(crate) fn first_largest(values: &[f32]) -> usize {
    let mut lanes = [f32::NEG_INFINITY; LANES];
    let (blocks, rest) = values.as_chunks::<LANES>();
    for block in blocks {
        for i in 0..LANES {
            lanes[i] = if block[i] > lanes[i] { block[i] } else { lanes[i] };
        }
    }
    let largest = lanes.iter().chain(rest).fold(f32::NEG_INFINITY, |a, &b| if b > a { b } else { a });
    let index = blocks.iter().position(|b| b.iter().fold(false, |found, &v| found | (v == largest)));
    let from = index.map_or(blocks.len() * LANES, |b| b * LANES);
    values[from..].iter().position(|&v| v == largest).map_or(0, |i| from + i)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers that look random, between -1 and 1.
    fn numbers(count: usize, seed: u64) -> Vec<f32> {
        let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
        let mut next = || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state >> 40) as f32 / (1u64 << 23) as f32 - 1.0
        };
        (0..count).map(|_| next()).collect()
    }

    fn dot(a: &[f32], b: &[f32]) -> f64 {
        a.iter().zip(b).map(|(&a, &b)| f64::from(a) * f64::from(b)).sum()
    }

    fn assert_close(found: &[f32], expected: &[f64], what: &str) {
        assert_eq!(found.len(), expected.len(), "{what}");
        for (i, (&found, &expected)) in found.iter().zip(expected).enumerate() {
            assert!((f64::from(found) - expected).abs() < 2e-4, "{what}: {found} for {expected} at {i}");
        }
    }

    fn norm(width: usize) -> LayerNorm {
        LayerNorm::new(&numbers(width, 5), &numbers(width, 6))
    }

    fn normalised(norm: &LayerNorm, x: &[f64]) -> Vec<f64> {
        let mean = x.iter().sum::<f64>() / x.len() as f64;
        let variance = x.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / x.len() as f64 + 1e-8;
        let unit = x.iter().map(|x| (x - mean) / variance.sqrt());
        unit.zip(norm.gain.iter().zip(norm.bias.iter()))
            .map(|(x, (&g, &b))| x * f64::from(g) + f64::from(b))
            .collect()
    }

    fn pieces_of(weights: &[f32], bias: &[f32], pieces: usize, x: &[f32]) -> Vec<f64> {
        let sums = weights.chunks(x.len()).zip(bias).map(|(w, &b)| dot(w, x) + f64::from(b));
        sums.collect::<Vec<_>>()
            .chunks(pieces)
            .map(|p| p.iter().copied().fold(f64::NEG_INFINITY, f64::max))
            .collect()
    }

    #[test]
    fn affine_equals_the_plain_product_on_every_instruction_set() {
        for set in InstructionSet::available() {
            for (inputs, outputs, rows) in
                [(1, 1, 1), (96, 50, 13), (64, 1024, 8), (300, 96, 5), (17, 33, 22)]
            {
                let (weights, bias) = (numbers(inputs * outputs, 1), numbers(outputs, 2));
                let x = numbers(rows * inputs, 3);
                let layer = Affine::new(set, &weights, &bias, inputs);
                let mut out = vec![f32::NAN; rows * layer.columns()];
                layer.apply(Rows::new(&x, inputs, rows), &mut out);
                for (row, out) in x.chunks(inputs).zip(out.chunks(layer.columns())) {
                    let expected: Vec<f64> =
                        weights.chunks(inputs).zip(&bias).map(|(w, &b)| dot(w, row) + f64::from(b)).collect();
                    assert_close(&out[..outputs], &expected, &format!("{set:?} {inputs}x{outputs}"));
                    assert!(out[outputs..].iter().all(|&x| x == 0.0));
                }
            }
        }
    }

    #[test]
    fn maxout_equals_the_plain_one_on_every_instruction_set() {
        for set in InstructionSet::available() {
            for (inputs, width, pieces, rows) in [(576, 96, 3, 11), (80, 16, 2, 4), (33, 48, 1, 9)] {
                let (weights, bias) = (numbers(inputs * width * pieces, 1), numbers(width * pieces, 2));
                let x = numbers(rows * inputs, 3);
                let layer = Maxout::new(set, &weights, &bias, norm(width), inputs);
                let mut out = vec![f32::NAN; rows * width];
                layer.apply(Rows::new(&x, inputs, rows), &mut out);
                for (row, out) in x.chunks(inputs).zip(out.chunks(width)) {
                    let expected = normalised(&norm(width), &pieces_of(&weights, &bias, pieces, row));
                    assert_close(out, &expected, &format!("{set:?} {inputs}x{width}x{pieces}"));
                }
            }
        }
    }

    #[test]
    fn window_layers_equal_the_plain_one_on_every_instruction_set() {
        for set in InstructionSet::available() {
            for (width, pieces, rows) in [(96, 3, 26), (16, 2, 2), (48, 1, 8), (128, 3, 10)] {
                let (weights, bias) = (numbers(3 * width * width * pieces, 1), numbers(width * pieces, 2));
                let x = numbers((rows + 2) * width, 3);
                let layer = WindowMaxout::new(set, &weights, &bias, norm(width));
                let mut out = vec![f32::NAN; rows * width];
                layer.apply(&x, rows, &mut out);
                for (i, out) in out.chunks(width).enumerate() {
                    let window = &x[i * width..(i + 3) * width];
                    let mut expected = normalised(&norm(width), &pieces_of(&weights, &bias, pieces, window));
                    for (e, &x) in expected.iter_mut().zip(&window[width..]) {
                        *e += f64::from(x);
                    }
                    assert_close(out, &expected, &format!("{set:?} {width}x{pieces}"));
                }
            }
        }
    }

    #[test]
    fn summed_parts_give_the_window_layer() {
        let (width, pieces) = (96, 3);
        let (before, at, after) = (numbers(288, 1), numbers(288, 2), numbers(288, 3));
        let row = numbers(width, 4);
        for set in InstructionSet::available() {
            let layer = SummedMaxout::new(set, pieces, norm(width));
            let mut out = vec![0.0; width];
            layer.apply(Parts { before: &before, at: &at, after: &after, row: &row }, &mut out);
            let sum = |i: usize| f64::from(before[i]) + f64::from(at[i]) + f64::from(after[i]);
            let largest =
                |i: usize| (0..3).map(|p| sum(i / 16 * 48 + p * 16 + i % 16)).fold(f64::MIN, f64::max);
            let mut expected = normalised(&norm(width), &(0..width).map(largest).collect::<Vec<_>>());
            expected.iter_mut().zip(&row).for_each(|(e, &x)| *e += f64::from(x));
            assert_close(&out, &expected, &format!("{set:?}"));
        }
    }

    #[test]
    fn a_row_gives_the_same_bits_wherever_it_stands() {
        for set in InstructionSet::available() {
            let x = numbers(40 * 96, 3);
            let affine = Affine::new(set, &numbers(96 * 50, 1), &numbers(50, 2), 96);
            let maxout = Maxout::new(set, &numbers(96 * 288, 1), &numbers(288, 2), norm(96), 96);
            let mut all = (vec![0.0; 40 * 64], vec![0.0; 40 * 96]);
            affine.apply(Rows::new(&x, 96, 40), &mut all.0);
            maxout.apply(Rows::new(&x, 96, 40), &mut all.1);
            for (first, count) in [(0, 1), (7, 3), (8, 13), (33, 7)] {
                let mut some = (vec![0.0; count * 64], vec![0.0; count * 96]);
                affine.apply(Rows::new(&x[first * 96..], 96, count), &mut some.0);
                maxout.apply(Rows::new(&x[first * 96..], 96, count), &mut some.1);
                assert_eq!(some.0, all.0[first * 64..][..count * 64], "{set:?}");
                assert_eq!(some.1, all.1[first * 96..][..count * 96], "{set:?}");
            }
        }
    }

    #[test]
    fn a_pair_of_rows_gives_the_same_bits_wherever_it_stands() {
        for set in InstructionSet::available() {
            let x = numbers(32 * 96, 3);
            let layer = WindowMaxout::new(set, &numbers(288 * 288, 1), &numbers(288, 2), norm(96));
            let mut all = vec![0.0; 30 * 96];
            layer.apply(&x, 30, &mut all);
            for (first, count) in [(0, 2), (6, 10), (14, 16)] {
                let mut some = vec![0.0; count * 96];
                layer.apply(&x[first * 96..], count, &mut some);
                assert_eq!(some, all[first * 96..][..count * 96], "{set:?}");
            }
        }
    }

    #[test]
    fn the_best_allowed_class_is_found_on_every_instruction_set() {
        for set in InstructionSet::available() {
            for (units, pieces, classes) in [(64, 2, 106), (64, 2, 74), (20, 3, 300), (16, 1, 3)] {
                let (bias, weights) = (numbers(units * pieces, 1), numbers(units * classes, 2));
                let class_bias = numbers(classes, 3);
                let layer = StateLayer::new(set, &bias, pieces, &weights, &class_bias);
                let mut features = vec![Buffer::zeros(layer.feature_length()); 2];
                for (i, feature) in features.iter_mut().enumerate() {
                    for u in 0..units * pieces {
                        feature[u % pieces * layer.hidden() + u / pieces] =
                            numbers(units * pieces, 7 + i as u64)[u];
                    }
                }
                let floor = if pieces == 1 { 0.0 } else { f32::NEG_INFINITY };
                let hidden: Vec<f32> = (0..units)
                    .map(|u| {
                        let at = |p: usize| p * layer.hidden() + u;
                        let sum = |p| features[0][at(p)] + features[1][at(p)] + bias[u * pieces + p];
                        (0..pieces).map(sum).fold(floor, f32::max)
                    })
                    .collect();
                let mut mask = Buffer::zeros(layer.mask_length());
                mask.fill(f32::NEG_INFINITY);
                for class in (0..classes).filter(|c| c % 3 != 1) {
                    mask[class] = 0.0;
                }
                let score =
                    |c: usize| dot(&weights[c * units..][..units], &hidden) + f64::from(class_bias[c]);
                let allowed = (0..classes).filter(|c| c % 3 != 1);
                let best = allowed.max_by(|&a, &b| score(a).total_cmp(&score(b))).unwrap();
                let features: Vec<&[f32]> = features.iter().map(|f| &f[..]).collect();
                assert_eq!(layer.best(&features, &mask), best, "{set:?}");
            }
        }
    }

    #[test]
    fn the_first_of_equals_is_largest() {
        let mut values = numbers(50, 9);
        assert_eq!(first_largest(&[]), 0);
        for (first, second) in [(3, 20), (17, 49), (48, 49)] {
            (values[first], values[second]) = (2.0, 2.0);
            assert_eq!(first_largest(&values), first);
            (values[first], values[second]) = (0.0, 0.0);
        }
    }
}
