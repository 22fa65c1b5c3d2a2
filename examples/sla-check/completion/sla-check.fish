# SPDX-License-Identifier: MIT
# Completion of sla-check for fish: commands, options, formats, files, codes, and the calendars and
# metrics of the policy that stands on the line.

set -g __sla_check_commands check test classify explain calendar dump diff replay init schema \
    import-holidays

# The command on the line; check if there is none.
function __sla_check_command
    set -l words (commandline -opc)
    if test (count $words) -gt 1; and contains -- $words[2] $__sla_check_commands
        echo $words[2]
    else
        echo check
    end
end

function __sla_check_is
    test (__sla_check_command) = $argv[1]
end

function __sla_check_is_first
    test (count (commandline -opc)) -eq 1
end

# The first word behind the command that is a file.
function __sla_check_policy
    for word in (commandline -opc)[2..-1]
        if not string match -q -- '-*' $word; and test -f $word
            echo $word
            return
        end
    end
end

function __sla_check_calendars
    set -l policy (__sla_check_policy)
    test -n "$policy"; and sla-check calendar $policy 2>/dev/null |
        sed -n -e 1d -e '/^$/q' -e 's/  .*//p'
end

# The message about a metric that is not there names those that are.
function __sla_check_metrics
    set -l policy (__sla_check_policy)
    test -n "$policy"; and sla-check explain $policy --metric '?' 2>&1 |
        sed -n -e 's/.*its metrics are: //p' | string split ', '
end

function __sla_check_codes
    sla-check --explain list 2>/dev/null | string replace -r '^(\S+) +' '$1\t'
    printf 'list\ta line on each code\nall\teverything\n'
end

# A calendar, not a file, stands behind the policy.
complete -c sla-check -n '__sla_check_is calendar; and test -n "$(__sla_check_policy)"' \
    -f -a '(__sla_check_calendars)'

complete -c sla-check -n __sla_check_is_first -a check -d 'every fault, with its place'
complete -c sla-check -n __sla_check_is_first -a test -d "the policy's own tests"
complete -c sla-check -n __sla_check_is_first -a classify -d 'what an incident would get'
complete -c sla-check -n __sla_check_is_first -a explain -d 'why its deadlines are what they are'
complete -c sla-check -n __sla_check_is_first -a calendar -d 'a calendar as a picture'
complete -c sla-check -n __sla_check_is_first -a dump -d 'the policy in one canonical form'
complete -c sla-check -n __sla_check_is_first -a diff -d 'what a change to a policy changes'
complete -c sla-check -n __sla_check_is_first -a replay -d 'a log, run through the engine'
complete -c sla-check -n __sla_check_is_first -a init -d 'a commented policy to start from'
complete -c sla-check -n __sla_check_is_first -a schema -d 'the JSON Schema of policies'
complete -c sla-check -n __sla_check_is_first -a import-holidays -d 'YAML from a holiday feed'

# Of all commands.
complete -c sla-check -s '?' -l help -d 'What a command does, with examples'
complete -c sla-check -l usage -d 'A short usage message'
complete -c sla-check -s V -l version -d 'The versions of program and library'

set -l is '__sla_check_is check'
complete -c sla-check -n $is -s f -l format -x -a 'text json jsonl sarif github' -d 'Form of the output'
complete -c sla-check -n $is -l strict -d 'Warnings fail too'
complete -c sla-check -n $is -l horizon -x -a '30d 90d 365d' -d 'Warn of holiday lists that end'
complete -c sla-check -n $is -l portable -d 'Warn of what other readers read differently'
complete -c sla-check -n $is -l max-diagnostics -x -d 'Show at most so many; 0 for all'
complete -c sla-check -n $is -l explain -x -a '(__sla_check_codes)' -d 'What a code means'

set -l is '__sla_check_is test'
complete -c sla-check -n $is -l only -x -d 'The tests of this name alone'
complete -c sla-check -n $is -s v -l verbose -d 'A line for every test'
complete -c sla-check -n $is -l brief -d 'Do not explain failures'
complete -c sla-check -n $is -s f -l format -x -a 'text json jsonl tap junit' -d 'Form of the output'

set -l is '__sla_check_is dump'
complete -c sla-check -n $is -s f -l format -x -a 'yaml json' -d 'Form of the output'

set -l is '__sla_check_is diff'
complete -c sla-check -n $is -s f -l format -x -a 'text json jsonl' -d 'Form of the output'
complete -c sla-check -n $is -l exit-code -d 'End with 1 if anything changes'

set -l is '__sla_check_is init'
complete -c sla-check -n $is -s t -l template -x -a 'minimal helpdesk after-sales contracts' \
    -d 'What to begin with'
complete -c sla-check -n $is -s z -l timezone -x -d 'The time zone of the policy'
complete -c sla-check -n $is -s n -l name -x -d 'What it is called'
complete -c sla-check -n $is -s o -l output -r -d 'Write to this file'
complete -c sla-check -n $is -l schema -d 'Write the JSON Schema beside it'

set -l is '__sla_check_is schema'
complete -c sla-check -n $is -l included -d 'Of files that policies include'
complete -c sla-check -n $is -s o -l output -r -d 'Write to this file'

set -l is '__sla_check_is classify'
complete -c sla-check -n $is -s a -l at -x -d 'When the incident is opened'
complete -c sla-check -n $is -s f -l format -x -a 'text json' -d 'Form of the output'

set -l is '__sla_check_is explain'
complete -c sla-check -n $is -s a -l at -x -d 'When the incident is opened'
complete -c sla-check -n $is -s A -l all -d 'Every interval'
complete -c sla-check -n $is -s f -l format -x -a 'text json' -d 'Form of the output'
complete -c sla-check -n $is -s m -l metric -x -a '(__sla_check_metrics)' -d 'This metric alone'

set -l is '__sla_check_is calendar'
complete -c sla-check -n $is -l batch -d 'Read questions, write answers'
complete -c sla-check -n $is -s f -l format -x -a 'text json svg' -d 'Form of the output'
complete -c sla-check -n $is -s m -l month -x -d 'One month'
complete -c sla-check -n $is -s y -l year -x -d 'One year'

set -l is '__sla_check_is replay'
set -l events started paused resumed retargeted reopened extended cancelled exempted warning breach \
    breach_retracted escalation met missed
complete -c sla-check -n $is -l events -x -a "$events" -d 'Print only these'
complete -c sla-check -n $is -s f -l format -x -a 'text jsonl' -d 'Form of the output'
complete -c sla-check -n $is -l keep-going -d 'Count and skip bad lines'
complete -c sla-check -n $is -l map -x -d 'Rename columns'
complete -c sla-check -n $is -l months -d 'A row for each month too'
complete -c sla-check -n $is -l no-events -d 'The summary alone'
complete -c sla-check -n $is -l sort -d 'Order the lines by their instants'
complete -c sla-check -n $is -l summary -x -a 'text json' -d 'The summary alone'
complete -c sla-check -n $is -l until -x -d 'End at this instant'

set -l is '__sla_check_is import-holidays'
complete -c sla-check -n $is -s f -l from -x -d 'Leave out what ends before'
complete -c sla-check -n $is -s n -l name -x -d 'What the list is called'
complete -c sla-check -n $is -s t -l through -x -d 'The last date it speaks for'
complete -c sla-check -n $is -s u -l until -x -d 'Leave out what begins after'
complete -c sla-check -n $is -s w -l workdays -x -d 'What make-up days are called'
