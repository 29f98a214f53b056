# long runs, for nights; each is one plain command, so that nobody needs just (https://just.systems)
python := ".venv/bin/python"

# what there is
list:
    @just --list

# the hostile-input table at full length and every fuzz target for five minutes; crashers are kept in crashers/
harden seed="1" seconds="300":
    {{python}} benchmarks/harden.py --seed {{seed}} --seconds {{seconds}}

# one fuzz target: just fuzz judge 60
fuzz target seconds="60" seed="1":
    {{python}} benchmarks/fuzz.py {{target}} --seconds {{seconds}} --seed {{seed}}

# all tests in another order for each seed: modules, and the tests in each
shuffled seed:
    {{python}} -m pytest -n auto --random-order --random-order-seed={{seed}}

# so many of these orders in a row, from the first seed on; ends at the first that fails
orders first count="20":
    for seed in $(seq {{first}} $(({{first}} + {{count}} - 1))); do {{python}} -m pytest -q -n auto --dist worksteal --random-order --random-order-seed=$seed || exit 1; done

# the lines that the tests run, child processes too
coverage:
    {{python}} -m pytest -n auto --cov --cov-report=term-missing

# small faults put into modules, and whether their tests find them: just mutants "guard match" 100
mutants targets="guard match log archive" count="100" seed="1":
    {{python}} benchmarks/mutate.py {{targets}} --count {{count}} --seed {{seed}}
