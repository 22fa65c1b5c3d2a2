# SPDX-License-Identifier: MIT
# Completion of sla-check for bash: commands, options, formats, files, codes, and the calendars and
# metrics of the policy that stands on the line.

# The first word behind the command that is a file.
_sla_check_policy()
{
    local word
    for word in "${COMP_WORDS[@]:2}"; do
        if [[ $word != -* && -f $word ]]; then
            printf '%s\n' "$word"
            return
        fi
    done
}

_sla_check_calendars()
{
    local policy
    policy=$(_sla_check_policy)
    [[ -z $policy ]] || "${COMP_WORDS[0]}" calendar "$policy" 2>/dev/null |
        sed -n -e 1d -e '/^$/q' -e 's/  .*//p'
}

# The message about a metric that is not there names those that are.
_sla_check_metrics()
{
    local policy
    policy=$(_sla_check_policy)
    [[ -z $policy ]] || LC_ALL=C "${COMP_WORDS[0]}" explain "$policy" --metric '?' 2>&1 |
        sed -n -e 's/.*its metrics are: //p' | tr ',' '\n' | sed -e 's/^ //'
}

_sla_check_codes()
{
    "${COMP_WORDS[0]}" --explain list 2>/dev/null | sed -e 's/ .*//'
}

# Offers the lines of the first argument that begin with the word at hand; names may have blanks.
_sla_check_offer()
{
    local line
    while IFS= read -r line; do
        if [[ -n $line && $line == "$current"* ]]; then
            [[ -n ${2-} ]] && line=$2$line
            COMPREPLY+=("$(printf '%q' "$line")")
        fi
    done <<<"$1"
}

_sla_check_words()
{
    local IFS=$' \t\n' word
    for word in $1; do
        [[ $word != "$current"* ]] || COMPREPLY+=("$word")
    done
}

_sla_check_files()
{
    local line
    compopt -o filenames 2>/dev/null
    while IFS= read -r line; do
        COMPREPLY+=("$line")
    done < <(compgen -f -- "$current")
}

_sla_check()
{
    local commands="check test classify explain calendar dump diff replay init schema"
    commands+=" import-holidays"
    local shared="--help --usage --version -? -V"
    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}
    local command=check first=${COMP_WORDS[1]-} options
    COMPREPLY=()
    # bash cuts --format=json into three words
    if [[ $current == = ]]; then
        current=
    elif [[ $previous == = && COMP_CWORD -gt 2 ]]; then
        previous=${COMP_WORDS[COMP_CWORD - 2]}
    fi
    if [[ COMP_CWORD -gt 1 && " $commands " == *" $first "* ]]; then
        command=$first
    fi
    case $command in
    check) options="--format --strict --horizon --portable --max-diagnostics --explain -f" ;;
    test) options="--only --verbose --brief --format -v -f" ;;
    dump) options="--format -f" ;;
    diff) options="--format --exit-code -f" ;;
    init) options="--template --timezone --name --output --schema -t -z -n -o" ;;
    schema) options="--included --output -o" ;;
    classify) options="--at --format -a -f" ;;
    explain) options="--at --all --format --metric -a -A -f -m" ;;
    calendar) options="--batch --format --month --year -f -m -y" ;;
    replay) options="--events --format --keep-going --map --months --no-events --sort --summary"
        options+=" --until -f" ;;
    import-holidays) options="--from --name --through --until --workdays -f -n -t -u -w" ;;
    esac
    case $command:$previous in
    check:--format | check:-f) _sla_check_words "text json jsonl sarif github" ;;
    test:--format | test:-f) _sla_check_words "text json jsonl tap junit" ;;
    dump:--format | dump:-f) _sla_check_words "yaml json" ;;
    diff:--format | diff:-f) _sla_check_words "text json jsonl" ;;
    init:--template | init:-t) _sla_check_words "minimal helpdesk after-sales contracts" ;;
    *:--output | init:-o | schema:-o) _sla_check_files ;;
    *:--only | *:--timezone | init:-[zn]) ;;
    calendar:--format | calendar:-f) _sla_check_words "text json svg" ;;
    replay:--format | replay:-f) _sla_check_words "text jsonl" ;;
    *:--format | classify:-f | explain:-f) _sla_check_words "text json" ;;
    *:--summary) _sla_check_words "text json" ;;
    *:--explain) _sla_check_words "$(_sla_check_codes) list all" ;;
    *:--events) _sla_check_words "started paused resumed retargeted reopened extended cancelled
        exempted warning breach breach_retracted escalation met missed" ;;
    *:--metric | explain:-m) _sla_check_offer "$(_sla_check_metrics)" ;;
    *:--horizon) _sla_check_words "30d 90d 365d" ;;
    *:--max-diagnostics | *:--at | *:-a | *:--until | *:--map | *:--month | *:--year) ;;
    calendar:-m | calendar:-y | import-holidays:-[fntuw]) ;;
    *:--from | *:--name | *:--through | *:--workdays) ;;
    *)
        if [[ $current == -* ]]; then
            _sla_check_words "$options $shared"
            if [[ COMP_CWORD -eq 1 ]]; then
                _sla_check_words "-h"
            fi
        elif [[ $command == calendar && -n $(_sla_check_policy) ]]; then
            _sla_check_offer "$(_sla_check_calendars)"
        else
            if [[ COMP_CWORD -eq 1 ]]; then
                _sla_check_words "$commands help"
            elif [[ $first == help ]]; then
                _sla_check_words "$commands"
                return
            fi
            _sla_check_files
        fi
        ;;
    esac
}

complete -F _sla_check sla-check
