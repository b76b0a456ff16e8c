#!/usr/bin/env bash
# Fuzzes every reader, the coder's entry and the validators, so many seconds each, with libFuzzer; needs Rust, a C++ compiler
# and the language model, and no nightly toolchain. Ends with status 1 at the first panic, hang (10 s) or excess of memory,
# and leaves the input that caused it in fuzz/artifacts.
#
#   fuzz/run.sh 5                  what CI does: about a minute
#   fuzz/run.sh 600                what a nightly run does
#   fuzz/run.sh 600 coder feed     some targets only
set -euo pipefail
cd "$(dirname "$0")"
seconds=${1:?write how many seconds each target may take}
shift
formats=(any text html jsonl json csv parquet arrow warc feed dump)
targets=("${@:-}")
[[ -n ${targets[0]} ]] || targets=("${formats[@]}" validate coder)

# The flags that cargo-fuzz gives, without the sanitizer, which only nightly toolchains have.
host=$(rustc -vV | sed -n 's/^host: //p')
coverage="-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 -Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
-Cllvm-args=-sanitizer-coverage-pc-table -Cllvm-args=-sanitizer-coverage-trace-compares --cfg fuzzing"
RUSTFLAGS="$coverage" CARGO_INCREMENTAL=0 cargo build --release --target "$host" --target-dir ../target/fuzz

mkdir -p artifacts
for target in "${targets[@]}"; do
    binary=reader
    max=20000
    case $target in
        coder) binary=coder max=3000 ;;
        validate) binary=validate ;;
        any) unset FORMAT ;;
        *) export FORMAT=$target ;;
    esac
    mkdir -p "corpus/$target"
    printf '\n== %s\n' "$target"
    ../target/fuzz/"$host"/release/$binary "corpus/$target" "seeds/$target" ../examples \
        -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -max_len=$max \
        -artifact_prefix="artifacts/$target-" -verbosity=0 -print_funcs=0 -print_final_stats=1
done
