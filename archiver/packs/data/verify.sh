#!/usr/bin/env bash
# verify.sh: checks an evidence pack (a .wacz file made by `archiver export`) without archiver, offline.
#
#   bash verify.sh PACK.wacz [KEY] [--key KEY] [--roots ROOTS.pem]
#
# KEY is the signer's verifier key (name+hash+base64), or a file that holds it, as you got it from the signer by another way than
# this pack: from their page, from a letter. Without it this script can only say that the pack is whole. ROOTS.pem are certificates of
# timestamp authorities that you trust; without them timestamps are counted, not checked.
#
# Exit code: 0 intact and signed by KEY; 3 intact, signer unknown or not confirmed, or times of a clock that was wrong; 1 broken; 2 it could not be run.
#
# It needs bash 4.4, coreutils, grep, sed, awk, gzip, unzip, xxd and openssl 3. It is the same file in every pack and every release; its
# SHA-256 is published with archiver's documents. Compare it (sha256sum verify.sh) before you believe a copy that came with a pack.
#
# Whoever made the pack may be hostile: nothing of it is executed, names are held against a fixed pattern before they are used,
# numbers before they are reckoned with, and every size has a bound. Nothing is written but in a fresh temporary folder.

set -u -f
LC_ALL=C
export LC_ALL
umask 077
IFS=$' \t\n'
unset BASH_ENV ENV CDPATH UNZIP UNZIPOPT ZIPINFO ZIPINFOOPT GZIP GREP_OPTIONS GREP_COLOR GREP_COLORS POSIXLY_CORRECT OPENSSL_CONF

MAX_PACK=2147483647      # bytes of a pack
MAX_FILES=50000          # files in it
MAX_RECORD=268435456     # bytes that one record may become when it is decompressed
MAX_LINE=1000000         # bytes of the details of a record
MAX_PASSAGE=16777216     # bytes of a quotation
BATCH=500                # files that one call of a program is given
FOLDERS="archive indexes pages texts payloads quotes provenance log timestamps verify"

step=0
work=

usage() {
    printf 'verify.sh: %s\nusage: bash verify.sh PACK.wacz [KEY] [--key KEY] [--roots ROOTS.pem]\n' "$1" >&2
    exit 2
}
ok() { step=$((step + 1)); printf '%2d  ok      %s\n' "$step" "$1"; }
note() { printf '    note    %s\n' "$1"; }
broken() {
    step=$((step + 1))
    printf '%2d  FAILED  %s\n' "$step" "$1"
    printf 'BROKEN: this pack is not what its signer made, or not signed by the key you gave. Do not rely on it.\n'
    exit 1
}
clean() { if [[ -n $work ]]; then rm -rf -- "$work"; fi; }
trap clean EXIT
trap 'exit 130' INT TERM HUP

is_number() { [[ $1 =~ ^(0|[1-9][0-9]{0,14})$ ]]; }
is_digest() { [[ $1 =~ ^[0-9a-f]{64}$ ]]; }

# the SHA-256 of the bytes that hex digits spell, in REPLY
hash_hex() { REPLY=$(printf '%s' "$1" | xxd -r -p | sha256sum); REPLY=${REPLY%% *}; }

# what goes on, for whoever waits at a terminal: how many of how many
progress() { if [[ -t 2 ]]; then printf '\r    %s of %s %s\033[K' "$1" "$2" "$3" >&2; fi; }
progress_end() { if [[ -t 2 ]]; then printf '\r\033[K' >&2; fi; }

# the SHA-256 of files of a folder, whose names are plain, into HASHES: many at once, since starting a program costs more than hashing
hash_files() {
    local folder=$1 at line
    local -a lines
    shift
    HASHES=()
    for ((at = 1; at <= $#; at += BATCH)); do
        mapfile -t lines < <(cd "$folder" && sha256sum -- "${@:at:BATCH}" </dev/null)
        for line in "${lines[@]}"; do HASHES+=("${line%% *}"); done
    done
    ((${#HASHES[@]} == $#))
}

# hex digits, a line each, as what printf writes their bytes for, into ESCAPED
escape_lines() { mapfile -t ESCAPED < <(sed 's/../\\x&/g' "$1"); }

# RFC 6962: the hash over two nodes, in REPLY; many proofs share their upper nodes
declare -A JOINED=()
join() {
    REPLY=${JOINED[$1$2]-}
    if [[ -z $REPLY ]]; then
        hash_hex "01$1$2"
        JOINED[$1$2]=$REPLY
    fi
}

# lines of base64, each of 32 bytes, as lines of hex; fails for anything else, stray bits included
hashes_of_base64() {
    awk 'BEGIN { digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
                 for (i = 0; i < 64; i++) value[substr(digits, i + 1, 1)] = i }
         { if (length($0) != 44 || substr($0, 44) != "=") exit 1
           hex = ""
           for (at = 1; at < 44; at += 4) {
               number = 0
               for (i = 0; i < 4; i++) {
                   sign = substr($0, at + i, 1)
                   if (sign == "=" && at + i == 44) digit = 0
                   else if (sign in value) digit = value[sign]
                   else exit 1
                   number = number * 64 + digit
               }
               if (at < 41) hex = hex sprintf("%06x", number)
               else if (number % 256) exit 1
               else hex = hex sprintf("%04x", number / 256)
           }
           print hex }'
}

# the same over many pairs of nodes (128 hex digits each) at once, into JOINED
join_all() {
    local at
    local -a pairs=("$@") files=()
    ((${#pairs[@]})) || return 0
    printf '01%s\n' "${pairs[@]}" >"$work/pairs"
    escape_lines "$work/pairs"
    for ((at = 0; at < ${#pairs[@]}; at++)); do
        printf "${ESCAPED[at]}" >"$work/h/$at"
        files+=("$at")
    done
    hash_files "$work/h" "${files[@]}" || return 1
    for ((at = 0; at < ${#pairs[@]}; at++)); do JOINED[${pairs[at]}]=${HASHES[at]}; done
}

# RFC 9162, 2.1.3.2, for all leaves at once, level by level: tree size, root; the indices are in INDICES, and for each index its leaf hash in
# LEAF_OF and its path in PATH_OF. The first index whose path does not lead to the root is in REPLY then
all_included() {
    local size=$1 root=$2 index sibling pair level=0 busy=1
    local -A node=() last=() current=() pair_of=() wanted
    local -a path
    for index in "${INDICES[@]}"; do
        REPLY=$index
        ((index < size)) || return 1
        node[$index]=$index last[$index]=$((size - 1)) current[$index]=${LEAF_OF[$index]}
    done
    while ((busy)); do
        busy=0 wanted=() pair_of=()
        for index in "${INDICES[@]}"; do
            path=(${PATH_OF[$index]})
            ((level < ${#path[@]})) || continue
            REPLY=$index busy=1 sibling=${path[level]}
            ((last[$index] != 0)) || return 1
            if (((node[$index] & 1) || node[$index] == last[$index])); then
                pair=$sibling${current[$index]}
                while ((!(node[$index] & 1) && node[$index])); do node[$index]=$((node[$index] >> 1)) last[$index]=$((last[$index] >> 1)); done
            else
                pair=${current[$index]}$sibling
            fi
            node[$index]=$((node[$index] >> 1)) last[$index]=$((last[$index] >> 1))
            pair_of[$index]=$pair
            if [[ -z ${JOINED[$pair]-} ]]; then wanted[$pair]=1; fi
        done
        join_all "${!wanted[@]}" || return 1
        for index in "${!pair_of[@]}"; do current[$index]=${JOINED[${pair_of[$index]}]}; done
        level=$((level + 1))
    done
    for index in "${INDICES[@]}"; do
        REPLY=$index
        ((last[$index] == 0)) && [[ ${current[$index]} == "$root" ]] || return 1
    done
}

# RFC 9162, 2.1.4.2: old size, new size, old root, new root; the proof is in PATH_HASHES
consistent() {
    local old=$1 new=$2 node last first second sibling at
    local -a proof=("${PATH_HASHES[@]}")
    ((old > 0 && old <= new)) || return 1
    if ((old == new)); then
        ((${#proof[@]} == 0)) && [[ $3 == "$4" ]]
        return
    fi
    if ((!(old & (old - 1)))); then proof=("$3" "${proof[@]}"); fi
    ((${#proof[@]})) || return 1
    node=$((old - 1)) last=$((new - 1))
    while ((node & 1)); do node=$((node >> 1)) last=$((last >> 1)); done
    first=${proof[0]} second=${proof[0]}
    for ((at = 1; at < ${#proof[@]}; at++)); do
        sibling=${proof[at]}
        ((last != 0)) || return 1
        if (((node & 1) || node == last)); then
            join "$sibling" "$first"; first=$REPLY
            join "$sibling" "$second"; second=$REPLY
            while ((!(node & 1) && node)); do node=$((node >> 1)) last=$((last >> 1)); done
        else
            join "$second" "$sibling"; second=$REPLY
        fi
        node=$((node >> 1)) last=$((last >> 1))
    done
    ((last == 0)) && [[ $first == "$3" && $second == "$4" ]]
}

# a verifier key of C2SP signed-note: its parts into KEY_NAME, KEY_ID and KEY_RAW (hex); fails where it does not agree with itself
open_key() {
    local rest
    KEY_NAME=${1%%+*} rest=${1#*+}
    [[ $1 == *+*+* && -n $KEY_NAME && ! $KEY_NAME =~ [[:space:][:cntrl:]] ]] || return 1
    KEY_ID=${rest%%+*} rest=${rest#*+}
    [[ $KEY_ID =~ ^[0-9a-f]{8}$ && $rest =~ ^[A-Za-z0-9+/]{44}$ ]] || return 1
    rest=$(printf '%s' "$rest" | base64 -d | xxd -p -c 64)
    [[ $rest =~ ^01[0-9a-f]{64}$ ]] || return 1
    hash_hex "$(printf '%s\n' "$KEY_NAME" | xxd -p -c 100000 | tr -d '\n')$rest"
    [[ ${REPLY:0:8} == "$KEY_ID" ]] || return 1
    KEY_RAW=${rest:2}
}

# whether the signature (base64 of 64 bytes) over a file is that of the key that open_key has read last
signed_by_key() {
    printf '%s' "$1" | base64 -d >"$work/signature" 2>/dev/null || return 1
    [[ $(stat -c %s "$work/signature") == 64 ]] || return 1
    printf '302a300506032b6570032100%s' "$KEY_RAW" | xxd -r -p >"$work/key.der"
    openssl pkeyutl -verify -rawin -pubin -keyform DER -inkey "$work/key.der" -sigfile "$work/signature" -in "$2" >/dev/null 2>&1
}

# whether a signed note (C2SP) is signed by that key: the note, its text in a file, how many lines come before the signatures.
# Lines of others (witnesses) are let be; one of this key that does not hold is not.
note_signed_by_key() {
    local line hex good=1
    while IFS= read -r line; do
        [[ $line == $'\xe2\x80\x94 '"$KEY_NAME "* ]] || continue
        line=${line##* }
        [[ $line =~ ^[A-Za-z0-9+/]{91}=$ ]] || continue
        hex=$(printf '%s' "$line" | base64 -d | xxd -p -c 200)
        [[ ${hex:0:8} == "$KEY_ID" ]] || continue
        signed_by_key "$(printf '%s' "${hex:8}" | xxd -r -p | base64 -w 0)" "$2" || return 1
        good=0
    done < <(sed "1,$3d" "$1")
    return $good
}

# where a key of the log handed over to another: who believes the first may believe the second, into BELIEVED
follow_handover() {
    local -a lines
    is_plain "$1" || return 1
    mapfile -t -n 20 lines <"$1"
    ((${#lines[@]} > 9)) && [[ ${lines[0]} == "archiver key rotation v1" && ${lines[1]} == "$2" && -z ${lines[8]} ]] || return 1
    [[ ${lines[2]} == "old $BELIEVED" && ${lines[3]} == "new "* && ${lines[4]} == "lost no" ]] || return 1
    printf '%s\n' "${lines[@]:0:8}" >"$work/handover"
    open_key "${lines[2]#old }" && note_signed_by_key "$1" "$work/handover" 9 || return 1
    open_key "${lines[3]#new }" && [[ $KEY_NAME == "$2" ]] && note_signed_by_key "$1" "$work/handover" 9 || return 1
    BELIEVED=${lines[3]#new }
}

# a signed head: its lines into HEAD_ORIGIN, HEAD_SIZE and HEAD_ROOT (hex); fails for another form
open_head() {
    local -a lines
    is_plain "$1" || return 1
    mapfile -t -n 4 lines <"$1"
    ((${#lines[@]} == 4)) && [[ -z ${lines[3]} ]] && is_number "${lines[1]}" || return 1
    HEAD_ORIGIN=${lines[0]} HEAD_SIZE=${lines[1]}
    HEAD_ROOT=$(printf '%s\n' "${lines[2]}" | hashes_of_base64) && is_digest "$HEAD_ROOT" || return 1
    printf '%s\n%s\n%s\n' "${lines[@]:0:3}" >"$work/head"
}

# a file of lines: no NUL bytes, which bash would drop, and a newline at its end
is_plain() {
    [[ $(tr -d '\0' <"$1" | wc -c) == "$(stat -c %s "$1")" ]] && { [[ ! -s $1 ]] || [[ $(tail -c 1 "$1" | xxd -p) == 0a ]]; }
}

# whether two files, or what comes in and a file, are the same bytes
same() { [[ $(sha256sum <"$1") == "$(sha256sum <"$2")" ]]; }
same_as() { [[ $(sha256sum) == "$(sha256sum <"$1")" ]]; }

cut_bytes() { dd if="$1" bs=1M iflag=skip_bytes,count_bytes skip="$2" count="$3" status=none; }

# the block of the record of a leaf, into $work/block
open_block() {
    local line head=0 length= size
    gzip -dc <"$work/m/$1" 2>/dev/null | head -c $((MAX_RECORD + 1)) >"$work/record"
    size=$(stat -c %s "$work/record")
    ((size > 0 && size <= MAX_RECORD)) || return 1
    while IFS= read -r line; do
        head=$((head + ${#line} + 1))
        [[ $line != $'\r' ]] || break
        ((head <= MAX_LINE)) || return 1
        if [[ -z $length && ${line,,} == content-length:* ]]; then length=${line#*:} length=${length%$'\r'} length=${length##* }; fi
    done <"$work/record" 2>/dev/null
    is_number "$length" && ((head + length + 4 == size)) || return 1
    tail -c +$((head + 1)) "$work/record" | head -c "$length" >"$work/block"
}

# what comes in, as it stands between the quotation marks of a JSON string
json_of() {
    od -An -v -tu1 | awk '{ for (i = 1; i <= NF; i++) {
        if ($i == 34) printf "\\\""; else if ($i == 92) printf "\\\\"
        else if ($i == 10) printf "\\n"; else if ($i == 13) printf "\\r"; else if ($i == 9) printf "\\t"
        else if ($i == 8) printf "\\b"; else if ($i == 12) printf "\\f"
        else if ($i < 32) printf "\\u%04x", $i; else printf "%c", $i + 0 } }'
}

# four fields of the WARC header that comes in, as they stand in JSON, with tabs between, into REPLY; fails where one comes twice
header_fields() {
    local line name value
    local -A found=()
    local lines=0
    IFS= read -r -n "$MAX_LINE" line && [[ $line == $'WARC/1.1\r' ]] || return 1
    while IFS= read -r -n "$MAX_LINE" line && [[ $line != $'\r' ]]; do
        [[ $line == *:*$'\r' ]] && ((++lines <= 1000)) || return 1
        name=${line%%:*} value=${line#*:} value=${value%$'\r'}
        case ${name,,} in
            warc-record-id | warc-date | warc-target-uri | warc-type) ;;
            *) continue ;;
        esac
        while [[ $value == [$' \t']* ]]; do value=${value#?}; done
        while [[ $value == *[$' \t'] ]]; do value=${value%?}; done
        [[ -z ${found[${name,,}]+x} ]] || return 1
        value=${value//\\/\\\\}
        found[${name,,}]=${value//\"/\\\"}
    done
    REPLY=${found[warc-record-id]-}$'\t'${found[warc-date]-}$'\t'${found[warc-target-uri]-}$'\t'${found[warc-type]-}
}

# the words of somebody else (as they stand in JSON) on one line, short, and without what would steer a terminal
shown() {
    local words=$1
    ((${#words} <= 300)) || words=${words:0:297}...
    printf '%s' "$words" | tr -d '\000-\037\177' | sed -e 's/\\\(["\\]\)/\1/g' -e 's/\xc2[\x80-\x9f]/?/g' \
        -e 's/\xe2\x80[\x8e\x8f\xaa-\xae]/?/g' -e 's/\xe2\x81[\xa6-\xa9]/?/g' -e 's/\xd8\x9c/?/g' -e 's/[\xc0-\xff][\x80-\xbf]*\.\.\.$/.../'
}

# ---------------------------------------------------------------------------------------------------------------- the call

pack= given= roots= other=
while (($#)); do
    case $1 in
        --key) (($# > 1)) || usage "--key wants a key"; given=$2; shift 2 ;;
        --roots) (($# > 1)) || usage "--roots wants a file"; roots=$2; shift 2 ;;
        -h | --help) sed -n '2,18s/^# \{0,1\}//p' "$0"; exit 0 ;;
        -*) usage "there is no option ${1//[^a-zA-Z-]/?}" ;;
        *) if [[ -z $pack ]]; then pack=$1; elif [[ -z $given ]]; then given=$1; else usage "too many arguments"; fi; shift ;;
    esac
done
[[ -n $pack ]] || usage "name a pack"
[[ -f $pack && -r $pack ]] || usage "there is no such pack, or it cannot be read"
if [[ -n $given && -f $given ]]; then given=$(head -c 1000 "$given" | tr -d '\0' | head -n 1); fi
given=${given//[$' \t\r\n']/}
if [[ -n $roots ]]; then [[ -f $roots && -r $roots ]] || usage "the file of roots cannot be read"; fi
((BASH_VERSINFO[0] * 100 + BASH_VERSINFO[1] >= 404)) || usage "bash 4.4 or newer is needed"
for tool in grep sed awk gzip unzip xxd openssl sha256sum base64 dd head tail tr sort uniq stat mktemp mkdir rm cp wc od cut date cat; do
    command -v "$tool" >/dev/null || usage "$tool is not on this machine"
done
[[ $(openssl version) =~ ^OpenSSL\ ([3-9]|[1-9][0-9])\. ]] || usage "openssl 3 or newer is needed"
if [[ -n $given ]]; then open_key "$given" || usage "the key you gave is not readable; it is written name+hash+base64, copy it whole"; fi
work=$(mktemp -d "${TMPDIR:-/tmp}/verify.XXXXXXXXXX") || usage "no temporary folder can be made"

# ------------------------------------------------------------------------------------------------------------ 1: the zip file

size=$(stat -L -c %s -- "$pack")
((size <= MAX_PACK)) || broken "the file is larger than a pack may be"
cp -- "$pack" "$work/pack.zip" || usage "the pack cannot be copied to a temporary folder"
unzip -Z -s "$work/pack.zip" >"$work/listing" 2>/dev/null || broken "the file is no zip file, or a damaged one"
# every line between head and totals must be a plain file, stored as it is, without extras, encryption or links, in a folder we know
sed -e 1,2d -e '$d' "$work/listing" >"$work/entries"
name="(datapackage\.json|datapackage-digest\.json|(${FOLDERS// /|})/[A-Za-z0-9][A-Za-z0-9._-]{0,150})"
grep -a -v -q -E "^-[rwx-]{9} +[0-9]\.[0-9] unx +[0-9]{1,10} [bt]- stor [^ ]+ [^ ]+ $name\$" "$work/entries" &&
    broken "the zip file holds something that no pack holds: a strange name, a link, a compressed or an encrypted file"
awk '{ print $9 }' "$work/entries" | sort >"$work/names"
count=$(wc -l <"$work/names")
((count > 0 && count <= MAX_FILES)) || broken "the zip file has no files, or too many"
[[ -z $(tr 'A-Z' 'a-z' <"$work/names" | sort | uniq -d) ]] || broken "two files in the zip file have the same name"
# a plain zip file is as long as its files, their names twice, and headers of 30, 46 and 22 bytes: then nothing overlaps, and nothing is hidden
total=$(awk '{ total += $4 + 2 * length($9) + 76 } END { printf "%.0f", total + 22 }' "$work/entries")
[[ $total == "$size" ]] || broken "files in the zip file overlap, or it holds bytes that belong to none of them"
mkdir "$work/f" "$work/m" "$work/b" "$work/h"
for folder in $FOLDERS; do mkdir "$work/f/$folder"; done
unzip -qq -o "$work/pack.zip" -d "$work/f" </dev/null >/dev/null 2>&1 || broken "a file cannot be taken out of the zip file whole"
mapfile -t listed < <(awk '{ print $4 " " $9 }' "$work/entries")
for ((at = 0; at < count; at += BATCH)); do
    (cd "$work/f" && stat -c '%s %n' -- $(printf '%s\n' "${listed[@]:at:BATCH}" | cut -d ' ' -f 2)) 2>/dev/null
done >"$work/taken"
printf '%s\n' "${listed[@]}" | same_as "$work/taken" || broken "a file cannot be taken out of the zip file whole"
for name in datapackage.json datapackage-digest.json verify/files.sha256 verify/copies.txt verify/quotes.txt verify/stamps.txt \
    log/checkpoint log/leaves.txt log/key.vkey log/key.pem; do
    [[ -f $work/f/$name ]] || broken "$name is missing"
done
for name in verify/copies.txt verify/quotes.txt verify/stamps.txt log/leaves.txt log/key.vkey datapackage.json datapackage-digest.json; do
    is_plain "$work/f/$name" || broken "$name is no file of lines"
done
ok "the zip file holds $count plain files and nothing else"

# ------------------------------------------------------------------------------------------------------------ 2: the manifest

cd "$work/f" || exit 2
grep -v -x -F -e datapackage.json -e datapackage-digest.json -e verify/files.sha256 "$work/names" >"$work/listed"
mapfile -t listed <"$work/listed"
for ((at = 0; at < ${#listed[@]}; at += BATCH)); do
    progress "$at" "${#listed[@]}" files
    sha256sum -- "${listed[@]:at:BATCH}" </dev/null
done >"$work/files.sha256"
progress_end
same "$work/files.sha256" verify/files.sha256 || broken "a file is changed, missing or not listed: verify/files.sha256 says otherwise"
{ cat "$work/files.sha256"; sha256sum verify/files.sha256; } | sort -k 2 >"$work/all.sha256"
sed -n 's/^{"name":"[^"]*","path":"\([^"]*\)","hash":"sha256:\([0-9a-f]*\)","bytes":[0-9]*},\{0,1\}$/\2  \1/p' datapackage.json |
    sort -k 2 >"$work/resources.sha256"
same "$work/all.sha256" "$work/resources.sha256" || broken "datapackage.json lists other files than there are"
[[ $(grep -c '"path"' datapackage.json) == $(wc -l <"$work/all.sha256") ]] || broken "datapackage.json lists other files than there are"
declare -A FILE_SHA=()
while read -r sha name; do FILE_SHA[$name]=$sha; done <"$work/files.sha256"
ok "every file has the SHA-256 that the manifest lists, and no file is unlisted"

# ---------------------------------------------------------------------------------------------------- 3 and 4: signer, manifest

key=$(cat log/key.vkey)
open_key "$key" && [[ $(printf '%s\n' "$key" | sha256sum) == "$(sha256sum <log/key.vkey)" ]] || broken "log/key.vkey is no verifier key"
printf '302a300506032b6570032100%s' "$KEY_RAW" | xxd -r -p | openssl pkey -pubin -inform DER -out "$work/key.pem" 2>/dev/null ||
    broken "log/key.vkey holds no Ed25519 key"
same "$work/key.pem" log/key.pem || broken "log/key.pem is another key than log/key.vkey"
if [[ -n $given && $given == "$key" ]]; then
    ok "the pack names the key that you gave"
elif [[ -n $given ]]; then
    BELIEVED=$given
    for index in $(sed -n 's/^log\/\([0-9]*\)\.handover$/\1/p' "$work/names" | sort -n); do
        follow_handover "log/$index.handover" "${key%%+*}" || true
    done
    if [[ $BELIEVED == "$key" ]]; then
        ok "the pack names a key to which the key that you gave has handed over, and both have signed that"
    elif [[ ${given%%+*} == "${key%%+*}" ]]; then
        other=1
        ok "the pack names a key, under the same name as yours, but another one"
    else
        broken "the pack is signed by another key than the one you gave"
    fi
else
    ok "the pack names a key; whose it is cannot be told from the pack"
fi
for name in $(grep -E '^log/[0-9]+\.handover$' "$work/names"); do
    ! grep -q -x -F "old $key" "$name" || broken "the pack is signed by a key that was exchanged, as the pack itself says"
done
open_key "$key"
package=$(sha256sum <datapackage.json) files=$(sha256sum <verify/files.sha256)
signature=$(sed -n 's/^    "signature": "\([A-Za-z0-9+/]\{86\}==\)"$/\1/p' datapackage-digest.json | head -n 1)
printf '{\n  "path": "datapackage.json",\n  "hash": "sha256:%s",\n  "archiver": {\n    "files": "sha256:%s",\n    "key": "%s",\n    "signature": "%s"\n  }\n}\n' \
    "${package%% *}" "${files%% *}" "$key" "$signature" >"$work/digest.json"
same "$work/digest.json" datapackage-digest.json || broken "datapackage-digest.json is not that of this pack"
printf 'archiver pack v1\n%s\n%s\n%s\n' "$KEY_NAME" "${package%% *}" "${files%% *}" >"$work/message"
signed_by_key "$signature" "$work/message" || broken "the manifest is not signed by this key: something was changed after it was signed"
ok "the manifest is signed by this key"

# ---------------------------------------------------------------------------------------------------------- 5: the signed head

open_head log/checkpoint || broken "log/checkpoint is no head of a log"
origin=$HEAD_ORIGIN tree_size=$HEAD_SIZE root=$HEAD_ROOT
[[ $origin == "$KEY_NAME" ]] || broken "log/checkpoint is the head of another log than the key's"
note_signed_by_key log/checkpoint "$work/head" 4 || broken "the head of the log is not signed by this key"
ok "the head of the log ($tree_size leaves) is signed by this key"
head_text=$(<log/checkpoint)

# -------------------------------------------------------------------------------------- 6, 7 and 8: members, details, proofs

declare -A FILE_OF=() OFFSET_OF=() SIZE_OF=() SHA_OF=() KIND_OF=() PAYLOAD_OF=() END_OF=() CAPTURE_OF=()
declare -A TIME_OF=() URI_OF=() HEADER_OF=() WITH_SHA=()
string='"(([^"\\]|\\.)*)"'
details_form="^\{\"kind\":\"([a-z][a-z0-9-]*)\",(\"payload_sha256\":\"([0-9a-f]{64})\",)?\"record_id\":$string,(\"server_date\":$string,)?"
details_form+="\"sha256\":\"([0-9a-f]{64})\",\"size\":([0-9]+),\"time\":$string,\"tool\":$string,\"uri\":$string,\"warc_type\":$string\}\$"
leaves=0 former=-1 reading=
records=$(wc -l <log/leaves.txt)
declare -A LEAF_OF=() PATH_OF=()
INDICES=()
: >"$work/salts"
: >"$work/details"
: >"$work/paths"
while IFS=$'\t' read -r index file offset size line; do
    is_number "$index" && is_number "$offset" && is_number "$size" && [[ $file =~ ^[A-Za-z0-9][A-Za-z0-9._-]*$ && -f archive/$file ]] ||
        broken "a line of log/leaves.txt is not readable"
    ((index > former)) || broken "log/leaves.txt is not in the order of the log"
    former=$index
    ((${#line} <= MAX_LINE)) || broken "the details of leaf $index are too long"
    salt=${line%% *} details=${line#* }
    is_digest "$salt" && [[ $details =~ $details_form ]] || broken "the details of leaf $index are not readable"
    kind=${BASH_REMATCH[1]} payload=${BASH_REMATCH[3]} sha=${BASH_REMATCH[9]} stated=${BASH_REMATCH[10]} uri=${BASH_REMATCH[15]}
    HEADER_OF[$index]=${BASH_REMATCH[4]}$'\t'${BASH_REMATCH[11]}$'\t'$uri$'\t'${BASH_REMATCH[17]}
    TIME_OF[$index]=${BASH_REMATCH[11]} URI_OF[$index]=$uri WITH_SHA[$sha]=$index
    ((size > 0)) && [[ $size == "$stated" && $offset == "${END_OF[$file]-0}" ]] || broken "the record of leaf $index is not where log/leaves.txt says"
    END_OF[$file]=$((offset + size))
    # records follow one another in a file, so that mostly the next one begins where the last was read to
    if [[ $file != "$reading" ]]; then
        exec 3<"archive/$file"
        if ((offset)); then dd bs=1M iflag=skip_bytes skip="$offset" count=0 status=none <&3; fi
        reading=$file
    fi
    head -c "$size" <&3 >"$work/m/$index"
    proof=log/$index.tlog-proof
    [[ -f $proof ]] || broken "the proof of leaf $index is missing"
    mapfile -t -n 500 lines <"$proof"
    [[ ${lines[0]-} == c2sp.org/tlog-proof@v1 && ${lines[1]-} == "index $index" ]] || broken "the proof of leaf $index is not readable"
    for ((at = 2; at < ${#lines[@]}; at++)); do [[ -n ${lines[at]} ]] || break; done
    ((at < ${#lines[@]})) || broken "the proof of leaf $index is not readable"
    printf -v rest '%s\n' "${lines[@]:at+1}"
    [[ $rest == "$head_text"$'\n' ]] || broken "the proof of leaf $index is for another head"
    if ((at > 2)); then printf "$index %s\n" "${lines[@]:2:at-2}" >>"$work/paths"; fi
    printf '%s\n' "$salt" >>"$work/salts"
    printf '%s\n' "$details" >>"$work/details"
    PATH_OF[$index]= INDICES+=("$index")
    FILE_OF[$index]=$file OFFSET_OF[$index]=$offset SIZE_OF[$index]=$size SHA_OF[$index]=$sha KIND_OF[$index]=$kind
    PAYLOAD_OF[$index]=$payload
    if [[ $kind == capture && $uri =~ ^urn:archiver:capture:(s-[0-9a-f]{64})$ ]]; then CAPTURE_OF[${BASH_REMATCH[1]}]=$index; fi
    leaves=$((leaves + 1))
    progress "$leaves" "$records" records
done <log/leaves.txt
progress_end
((leaves > 0)) || broken "the pack holds no records"
[[ $(grep -c -E '^log/[0-9]+\.tlog-proof$' "$work/names") == "$leaves" ]] || broken "there is a proof of a leaf that is not in the pack"
while read -r name; do
    file=${name#archive/}
    [[ ${END_OF[$file]-none} == "$(stat -c %s "$name")" ]] || broken "$name holds bytes that belong to no leaf"
done < <(grep '^archive/' "$work/names")
hash_files "$work/m" "${INDICES[@]}" || broken "a record cannot be read"
for ((at = 0; at < leaves; at++)); do
    index=${INDICES[at]}
    [[ ${HASHES[at]} == "${SHA_OF[$index]}" ]] || broken "the record of leaf $index (${KIND_OF[$index]}) is not the one that was recorded"
done
ok "each of the $leaves records has the SHA-256 that its details in the log state, and the WARC files hold nothing else"

# the commitment: SHA-256 over salt and details; the leaf: over a zero byte and the entry that holds it
escape_lines "$work/salts"
at=0
while IFS= read -r details; do
    { printf "${ESCAPED[at]}"; printf '%s' "$details"; } >"$work/b/${INDICES[at]}"
    at=$((at + 1))
done <"$work/details"
((at == leaves)) && hash_files "$work/b" "${INDICES[@]}" || broken "the details of a record cannot be read"
for ((at = 0; at < leaves; at++)); do
    index=${INDICES[at]}
    printf '\0{"commitment":"%s","kind":"%s","v":1}' "${HASHES[at]}" "${KIND_OF[$index]}" >"$work/b/$index"
done
hash_files "$work/b" "${INDICES[@]}" || broken "the details of a record cannot be read"
for ((at = 0; at < leaves; at++)); do LEAF_OF[${INDICES[at]}]=${HASHES[at]}; done
cut -d ' ' -f 2- "$work/paths" | hashes_of_base64 >"$work/nodes" || broken "a proof of a leaf is not readable"
while read -r index _ && read -r node <&4; do PATH_OF[$index]+=" $node"; done <"$work/paths" 4<"$work/nodes"
all_included "$tree_size" "$root" || broken "leaf $REPLY (${KIND_OF[$REPLY]}) is not in the log under the signed head"
ok "the details of the $leaves records are what the log committed to"
ok "the $leaves leaves are in the log under the signed head"

# ------------------------------------------------------------------------------------------- 9: what each record says of itself

for ((at = 0; at < leaves; at++)); do
    index=${INDICES[at]}
    progress "$at" "$leaves" headers
    exec 5< <(exec gzip -dc <"$work/m/$index" 2>/dev/null)
    header_fields <&5 && [[ $REPLY == "${HEADER_OF[$index]}" ]] ||
        broken "the header of the record of leaf $index (${KIND_OF[$index]}) does not say what its details say"
    exec 5<&-
done
progress_end
# where the log's key was exchanged: each time by the key that it had, and last to the one that signs the pack
former= exchanges=0
for index in "${INDICES[@]}"; do
    [[ ${KIND_OF[$index]} == key-rotation ]] || continue
    exchanges=$((exchanges + 1))
    name=log/$index.handover
    [[ -f $name ]] && is_plain "$name" && open_block "$index" || broken "the exchange of keys of leaf $index is not readable"
    { printf '"statement": "'; json_of <"$name"; printf '"\n'; } >"$work/passage"
    grep -a -q -F -f "$work/passage" "$work/block" || broken "$name is not what leaf $index recorded"
    grep -a -q -x -F " \"time\": \"${TIME_OF[$index]}\"," "$work/block" || broken "the exchange of keys of leaf $index is of another time than its record"
    mapfile -t -n 20 lines <"$name"
    ((${#lines[@]} > 9)) && [[ ${lines[0]} == "archiver key rotation v1" && ${lines[1]} == "$origin" && ${lines[4]} =~ ^lost\ (no|yes)$ && -z ${lines[8]} ]] ||
        broken "$name is no exchange of the keys of this log"
    printf '%s\n' "${lines[@]:0:8}" >"$work/handover"
    for line in "${lines[@]:2:2}"; do
        open_key "${line#???[ ]}" && [[ $KEY_NAME == "$origin" ]] || broken "$name names no key of this log"
        [[ $line == old* && ${lines[4]} == "lost yes" ]] || note_signed_by_key "$name" "$work/handover" 9 || broken "$name is not signed by its keys"
    done
    [[ -z $former || $former == "${lines[2]#old }" ]] || broken "$name exchanges another key than the log had then"
    former=${lines[3]#new }
done
[[ $(grep -c -E '^log/[0-9]+\.handover$' "$work/names") == "$exchanges" ]] || broken "there is an exchange of keys that is not in the log"
[[ -z $former || $former == "$key" ]] || broken "the pack is signed by a key that was exchanged, as the log itself says"
open_key "$key"
ok "each record says of itself what its details say, and each exchange of the log's key leads to the next"

# -------------------------------------------------------------------------------------------- 10: texts, payloads, other copies

declare -A COPY_OF=()
copies=0 listed_copies=$(wc -l <verify/copies.txt)
copy_form='^(texts|payloads|timestamps)/[A-Za-z0-9][A-Za-z0-9._-]*$'
while IFS=$'\t' read -r name index how; do
    [[ $name =~ $copy_form && -f $name && -z ${COPY_OF[$name]-} ]] || broken "a line of verify/copies.txt is not readable"
    is_number "$index" && [[ -n ${SHA_OF[$index]-} ]] || broken "$name is said to come from a record that is not in the pack"
    case $how in
        block)
            open_block "$index" && sha=$(sha256sum <"$work/block") && [[ ${sha%% *} == "${FILE_SHA[$name]}" ]] ||
                broken "$name is not what leaf $index recorded" ;;
        payload)
            [[ -n ${PAYLOAD_OF[$index]} && ${FILE_SHA[$name]} == "${PAYLOAD_OF[$index]}" ]] || broken "$name is not the payload that leaf $index recorded" ;;
        gzip)
            coded=${name%.decoded.bin}.bin
            [[ $coded != "$name" && ${COPY_OF[$coded]-} == "$index payload" ]] || broken "$name is not decoded from a payload of this pack"
            gzip -dc <"$coded" 2>/dev/null | head -c $(($(stat -c %s "$name") + 1)) | same_as "$name" || broken "$name is not its payload decoded" ;;
        *) broken "a line of verify/copies.txt is not readable" ;;
    esac
    COPY_OF[$name]="$index $how"
    copies=$((copies + 1))
    progress "$copies" "$listed_copies" copies
done <verify/copies.txt
progress_end
while read -r name; do
    [[ $name =~ \.consistency$ || -n ${COPY_OF[$name]-} ]] || broken "$name is not said to come from any record"
done < <(grep -E '^(texts|payloads|timestamps)/' "$work/names")
ok "the $copies texts, payloads and stamps are what the records hold"

# ----------------------------------------------------------------------------------------------------------- 11: the quotations

declare -A PASSAGES=() SELECTORS_OF=() PASSAGES_OF=()
WITHOUT_BLANKS='s/\\[nrtf]|\\u000b|\\u001[c-f]| |\xc2\xa0|\xc2\x85|\xe1\x9a\x80|\xe2\x80[\x80-\x8a\xa8\xa9\xaf]|\xe2\x81\x9f|\xe3\x80\x80//g'
text='([^"\\]|\\.)*'
STATEMENTS='"archiver:judged":\{"schema_version":[0-9]+,"quote":"'$text'"|"verdict":"[a-z]+","holds":(true|false|null)|"value":"[a-z]+"\},"target":'
STATEMENTS+='|"created":"[^"]*","generator"|"archiver:snapshot":"s-[0-9a-f]{64}"|"exact":"'$text'","prefix":'
STATEMENTS+='|"sourceDate":"[^"]*","cached":("[^"]*"|\["[^"]*","[^"]*"\])|"type":"SpecificResource","source":"'$text'"'
objects() { sed -e 's/\([0-9]*\)-\([0-9]*\)/{"start":\1,"end":\2}/g'; }
passages=0
while IFS=$'\t' read -r index name bytes points; do
    is_number "$index" && [[ ${KIND_OF[$index]-} == quote ]] || broken "a line of verify/quotes.txt names no quote of this pack"
    [[ $name =~ ^texts/[A-Za-z0-9][A-Za-z0-9._-]*$ && ${COPY_OF[$name]-} == *" block" ]] || broken "the text of quote $index is not in the pack"
    span='(0|[1-9][0-9]{0,11})-(0|[1-9][0-9]{0,11})'
    [[ $bytes =~ ^$span(,$span)*$ && $points =~ ^$span(,$span)*$ ]] || broken "the positions of quote $index are not readable"
    IFS=, read -r -a byte_spans <<<"$bytes"
    IFS=, read -r -a point_spans <<<"$points"
    ((${#byte_spans[@]} == ${#point_spans[@]} && ${#byte_spans[@]} <= 1000)) || broken "the positions of quote $index are not readable"
    length=$(stat -c %s "$name")
    spans=
    : >"$work/exact"
    for ((at = 0; at < ${#byte_spans[@]}; at++)); do
        start=${byte_spans[at]%-*} end=${byte_spans[at]#*-}
        ((start <= end && end <= length && end - start <= MAX_PASSAGE)) || broken "quote $index lies outside its text"
        # code points are counted by the bytes that begin one
        first=$(head -c "$start" "$name" | tr -d '\200-\277' | wc -c)
        more=$(cut_bytes "$name" "$start" "$((end - start))" | tr -d '\200-\277' | wc -c)
        [[ ${point_spans[at]} == "$((first))-$((first + more))" ]] || broken "the two positions of quote $index do not agree"
        spans+="${spans:+,}{\"start\":$((first)),\"end\":$((first + more))}"
        if ((at)); then printf ' \xe2\x80\xa6 ' >>"$work/exact"; fi
        cut_bytes "$name" "$start" "$((end - start))" >>"$work/exact"
    done
    # the passage as the quote's record must have it: JSON made from the bytes of the text, then looked for in the record
    {
        printf '{"spans":[%s],"exact":"' "$spans"
        json_of <"$work/exact"
        printf '","prefix":"\n'
    } >"$work/passage"
    open_block "$index" || broken "the record of quote $index is not readable"
    grep -a -q -F -f "$work/passage" "$work/block" || broken "quote $index does not stand in its text where its record says"
    sha=${FILE_SHA[$name]}
    grep -a -q -E "\"archiver:text\":\\{\"layer\":\"[a-z]+\",\"sha256\":\"${sha%% *}\"\\}" "$work/block" || broken "quote $index is anchored in another text"
    if [[ -z ${PASSAGES[$index]-} ]]; then
        SELECTORS_OF[$index]=$(printf ',%s' "$bytes" | sed -e 's/,\([0-9]*\)-\([0-9]*\)/,{"type":"DataPositionSelector","start":\1,"end":\2}/g')
    fi
    PASSAGES_OF[$index]+="${PASSAGES_OF[$index]:+,}{\"file\":\"$name\",\"codePoints\":[$(objects <<<"$points")],\"utf8Bytes\":[$(objects <<<"$bytes")]}"
    PASSAGES[$index]=$((${PASSAGES[$index]-0} + 1))
    passages=$((passages + 1))
    snapshot=$(grep -a -o -E '"archiver:snapshot":"s-[0-9a-f]{64}"' "$work/block" | head -n 1 | cut -d '"' -f 4)
    [[ -n $snapshot ]] && capture=${CAPTURE_OF[$snapshot]-} && [[ -n $capture ]] || broken "the snapshot of quote $index is not in the pack"
    open_block "$capture" && grep -a -q -F "\"sha256\":\"${sha%% *}\",\"characters\":" "$work/block" ||
        broken "the text of quote $index is not one of its snapshot"
done <verify/quotes.txt
quotes=0 said=
for index in "${INDICES[@]}"; do
    [[ ${KIND_OF[$index]} == quote ]] || continue
    quotes=$((quotes + 1))
    open_block "$index" || broken "the record of quote $index is not readable"
    found=$(grep -a -o -F '{"spans":[' "$work/block" | wc -l)
    ((found == ${PASSAGES[$index]-0})) || broken "verify/quotes.txt does not list every passage of quote $index"
    # the file for readers must be the record, with the positions in bytes beside it
    name=quotes/q-${SHA_OF[$index]:0:12}.jsonld
    [[ -f $name ]] || broken "$name is missing"
    place=$(awk '{ at = index($0, "]},\"archiver:snapshot\":\"s-") } END { print NR == 1 ? at : 0 }' "$work/block")
    ((place > 0)) && [[ $(tail -c 1 "$work/block") == "}" ]] || broken "the record of quote $index is no annotation"
    {
        head -c $((place - 1)) "$work/block"
        printf '%s' "${SELECTORS_OF[$index]-}"
        tail -c +"$place" "$work/block" | head -c -1
        printf ',"archiver:id":"q-%s","archiver:passages":[%s]}' "${SHA_OF[$index]}" "${PASSAGES_OF[$index]-}"
    } >"$work/annotation"
    sed -E -e 's/^ *//' -e 's/^("([^"\\]|\\.)*"): /\1:/' "$name" | tr -d '\n' | same_as "$work/annotation" || broken "$name is not what leaf $index recorded"
    # what the record states, in one way throughout, and at the times that the log has
    words= verdict= value= created= state= source= snapshot= statements=0 EXACT=()
    while IFS= read -r line; do
        case $line in
            '"exact":'*) line=${line#\"exact\":\"} EXACT+=("${line%\",\"prefix\":}"); continue ;;
            '"archiver:judged":'*) line=${line#*\"quote\":\"} words=${line%\"} ;;
            '"verdict":'*) verdict=$line ;;
            '"value":'*) line=${line#*:\"} value=${line%%\"*} ;;
            '"created":'*) line=${line#*:\"} created=${line%%\"*} ;;
            '"archiver:snapshot":'*) line=${line#*:\"} line=${line#*:\"} snapshot=${line%\"} ;;
            '"sourceDate":'*) state=$line ;;
            '"type":'*) line=${line#*\"source\":\"} source=${line%\"} ;;
        esac
        statements=$((statements + 1))
    done < <(grep -a -o -E "$STATEMENTS" "$work/block")
    ((statements == 7)) || broken "quote $index does not state each thing once"
    case $verdict in
        '"verdict":"verbatim","holds":true') means="found, word for word" ;;
        '"verdict":"typographic","holds":true') means="found; only typography differs" ;;
        '"verdict":"elided","holds":true') means="found, with marked omissions" ;;
        '"verdict":"altered","holds":false') means="NOT as quoted: words or numbers differ" ;;
        '"verdict":"spliced","holds":false') means="NOT as quoted: the parts are joined misleadingly" ;;
        '"verdict":"absent","holds":false') means="NOT found on the page" ;;
        '"verdict":"undecided","holds":null') means="could not be decided" ;;
        *) broken "the verdict of quote $index is none, or contradicts itself" ;;
    esac
    verdict=${verdict#*:\"} verdict=${verdict%%\"*}
    [[ $value == "$verdict" ]] || broken "quote $index states two verdicts"
    [[ $created == "${TIME_OF[$index]}" ]] || broken "quote $index is said to be of another time than its record"
    if [[ $verdict == verbatim ]]; then
        for exact in "${EXACT[@]}"; do
            # JSON has the same words the same way; blanks around them are no part of what is quoted
            [[ $words == *"$exact"* && -z $(printf '%s' "${words/"$exact"/}" | sed -E "$WITHOUT_BLANKS") ]] ||
                broken "quote $index is said to be verbatim, and other words were found"
        done
    fi
    page=${WITH_SHA[${snapshot#s-}]-}
    [[ -n $page && -n ${CAPTURE_OF[$snapshot]-} ]] || broken "the snapshot of quote $index is not in the pack"
    second= cached="\"urn:archiver:capture:$snapshot\""
    if [[ $state == *'","cached":['"$cached,"* ]]; then
        second=${state#*:\"} second=${second%%\"*}  # a copy at second hand: the date is that of the archive that has it
    elif [[ $state != "\"sourceDate\":\"${TIME_OF[$page]}\",\"cached\":$cached" ]]; then
        broken "quote $index cites another date or snapshot than its page has"
    fi
    open_block "${CAPTURE_OF[$snapshot]}" && grep -a -q -F -e "\"url\":\"$source\"" "$work/block" || broken "quote $index cites another address than its page has"
    said+="    quotation q-${SHA_OF[$index]:0:12}, recorded $(shown "${TIME_OF[$index]}"): $(shown "$words")"$'\n'
    said+="      verdict $verdict: $means"$'\n'
    said+="      page    $(shown "${URI_OF[$page]}"), recorded $(shown "${TIME_OF[$page]}")"$'\n'
    if [[ ${source%%#*} != "${URI_OF[$page]}" ]]; then said+="      cited   as $(shown "$source")"$'\n'; fi
    if [[ -n $second ]]; then said+="      NOT fetched from the page itself, but a copy at second hand, from an archive that dates it $(shown "$second")"$'\n'; fi
    case ${KIND_OF[$page]} in
        imported) said+="      NOT fetched by the signer's software: imported with somebody else's file, whose word the address and the date are"$'\n' ;;
        supplied) said+="      NOT fetched by the signer's software: supplied by the person who keeps the archive"$'\n' ;;
    esac
done
[[ $(grep -c '^quotes/' "$work/names") == "$quotes" ]] || broken "there is a quotation in quotes/ that is not in the records"
# the times that captures state are those of the records under them
declare -A TIMES=()
for index in "${INDICES[@]}"; do TIMES[${TIME_OF[$index]:0:19}]=1; done
for index in "${CAPTURE_OF[@]}"; do
    open_block "$index" || broken "the record of capture $index is not readable"
    snapshot=${URI_OF[$index]#urn:archiver:capture:s-}
    [[ -n ${WITH_SHA[$snapshot]-} && ${TIME_OF[${WITH_SHA[$snapshot]}]} == "${TIME_OF[$index]}" ]] || broken "capture $index is of another time than its page"
    stated=0
    while IFS= read -r line; do
        time=${line#*:\"} time=${time%\"}
        case $line in
            '"captured_at":'*)
                [[ $time == "${TIME_OF[$index]}" ]] || broken "capture $index is said to be of another time than its record"
                stated=1 ;;
            *) [[ -n ${TIMES[${time:0:19}]-} ]] || broken "capture $index tells of an exchange at a time at which nothing was recorded" ;;
        esac
    done < <(grep -a -o -E '"(captured_at|started)":"[^"]*"' "$work/block")
    ((stated)) || broken "capture $index does not say of when it is"
done
ok "$quotes quotations with $passages passages stand in the texts at the bytes where they were anchored; quotes/ and the times agree with the records"

# ----------------------------------------------------------------------------------------------------------- 12: the timestamps

# certificates that the stamps do not bring may stand between them and your roots; they are trusted in nothing
between=()
if [[ -n $roots ]]; then
    while read -r name; do
        openssl x509 -inform DER -in "$name" 2>/dev/null >>"$work/between.pem" || true
    done < <(grep -E '^timestamps/[0-9]+\.der$' "$work/names")
    if [[ -s $work/between.pem ]]; then between=(-untrusted "$work/between.pem"); fi
fi
# what comes out of somebody else's file has the date that it had there, and so have the capture and the texts that were drawn from it
is_dated_by_others() {
    local of=
    [[ ${KIND_OF[$1]} != imported ]] || return 0
    [[ ${KIND_OF[$1]} == capture || ${KIND_OF[$1]} == text ]] || return 1
    [[ ${URI_OF[$1]} =~ ^urn:archiver:[a-z]+:s-([0-9a-f]{64}) ]] && of=${WITH_SHA[${BASH_REMATCH[1]}]-}
    [[ -n $of && ${KIND_OF[$of]} == imported ]]
}
# the signer may have said of records that a wrong clock dated them: then their times are not relied upon
declare -A NOTED=()
doubt=
for index in "${INDICES[@]}"; do
    [[ ${KIND_OF[$index]} == clock ]] || continue
    open_block "$index" || broken "the note on a clock of leaf $index is not readable"
    for number in $(grep -a -o -E '"leaves":\[[0-9,]*\]' "$work/block" | head -n 1 | tr -c '0-9\n' ' '); do
        if is_number "$number" && ((number < index)); then NOTED[$number]=$index; fi
    done
done
contradicted() {
    [[ -n ${NOTED[$1]-} ]] || broken "leaf $1 (${KIND_OF[$1]}) $2"
    doubt+="    note    leaf $1 (${KIND_OF[$1]}) $2: its clock was wrong, as leaf ${NOTED[$1]} says"$'\n'
}
stamps=0 checked=0 latest=
if [[ -n $roots && $roots != /* ]]; then roots=$OLDPWD/$roots; fi
while IFS=$'\t' read -r token head; do
    is_number "$token" && is_number "$head" && [[ ${KIND_OF[$token]-} == timestamp && ${KIND_OF[$head]-} == checkpoint ]] ||
        broken "a line of verify/stamps.txt names no stamp of this pack"
    [[ ${COPY_OF[timestamps/$token.tsr]-} == "$token block" && ${COPY_OF[timestamps/$head.checkpoint]-} == "$head block" ]] ||
        broken "a stamp is not in the pack"
    open_head "timestamps/$head.checkpoint" && [[ $HEAD_ORIGIN == "$origin" ]] || broken "stamp $token is over no head of this log"
    proof=timestamps/$head.consistency
    [[ -f $proof ]] || broken "the proof that the stamped head $head is of this log is missing"
    mapfile -t -n 500 lines <"$proof"
    [[ ${lines[0]-} == "old $HEAD_SIZE" ]] || broken "the proof of the stamped head $head is not readable"
    for ((at = 1; at < ${#lines[@]}; at++)); do [[ -n ${lines[at]} ]] || break; done
    ((at < ${#lines[@]})) && [[ $(printf '%s\n' "${lines[@]:at+1}") == "$head_text" ]] || broken "the proof of the stamped head $head is for another head"
    PATH_HASHES=()
    if ((at > 1)); then
        text=$(printf '%s\n' "${lines[@]:1:at-1}" | hashes_of_base64) || broken "the proof of the stamped head $head is not readable"
        mapfile -t PATH_HASHES <<<"$text"
    fi
    consistent "$HEAD_SIZE" "$tree_size" "$HEAD_ROOT" "$root" || broken "the stamped head $head is not a beginning of this log"
    stamps=$((stamps + 1))
    if [[ -n $roots ]]; then
        time=$(openssl ts -reply -in "timestamps/$token.tsr" -text 2>/dev/null | sed -n 's/^Time stamp: //p' | head -n 1)
        seconds=$(date -u -d "$time" +%s 2>/dev/null) && is_number "$seconds" || broken "stamp $token has no time"
        # at the stamp's own time, so that a chain that has expired since still holds
        openssl ts -verify -in "timestamps/$token.tsr" -data "timestamps/$head.checkpoint" -CAfile "$roots" "${between[@]}" -attime "$seconds" >/dev/null 2>&1 ||
            broken "stamp $token is not by an authority that you trust, or not over this head"
        checked=$((checked + 1))
        # clocks differ, by an hour at most
        low=$(date -u -d "@$((seconds - 3600))" +%Y-%m-%dT%H:%M:%SZ) high=$(date -u -d "@$((seconds + 3600))" +%Y-%m-%dT%H:%M:%SZ)
        low_import=$(date -u -d "@$((seconds - 90000))" +%Y-%m-%dT%H:%M:%SZ)
        covered=0 after=0
        for index in "${INDICES[@]}"; do
            if ((index < HEAD_SIZE)); then covered=$((covered + 1)); elif ((index > token)); then after=$((after + 1)); fi
            time=${TIME_OF[$index]} least=$low
            if is_dated_by_others "$index"; then
                [[ ${KIND_OF[$index]} == capture ]] || continue
                open_block "$index" && time=$(grep -a -o -E '"imported_at":"[^"]*"' "$work/block" | cut -d '"' -f 4) least=$low_import
            fi
            [[ $time =~ ^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$ ]] || broken "the time of leaf $index (${KIND_OF[$index]}) is not readable"
            if ((index < HEAD_SIZE)); then
                [[ ! $time > $high ]] || contradicted "$index" "claims $time, but was there already when stamp $token was given"
            else
                [[ ! $time < $least ]] || contradicted "$index" "claims $time, but was not there yet when stamp $token was given"
            fi
        done
        latest+="    note    stamped $(date -u -d "@$seconds" +%Y-%m-%dT%H:%M:%SZ): $covered of the $leaves records were there, $after came later"$'\n'
    fi
done <verify/stamps.txt
[[ $(grep -c -E '^timestamps/[0-9]+\.tsr$' "$work/names") == "$stamps" ]] || broken "there is a stamp that verify/stamps.txt does not list"
if ((stamps == 0)); then
    ok "there are no timestamps: that the times are true is the signer's word"
elif [[ -n $roots ]]; then
    ok "$checked timestamps are by authorities that you trust, over heads that this log grew from; no record claims a time that they contradict${doubt:+, but what follows}"
    printf '%s' "$latest$doubt"
else
    ok "$stamps timestamps are over heads that this log grew from; who made them is checked with --roots only"
fi

# ---------------------------------------------------------------------------------------------------------------- the verdict

if [[ -f $OLDPWD/$0 || $0 == /* ]]; then
    script=$0
    if [[ $script != /* ]]; then script=$OLDPWD/$0; fi
    same "$script" verify/verify.sh || note "the verify.sh in this pack is another than the one that you run"
fi
printf '    What the signed records say:\n%s' "$said"
note "not checked by this script: the files for readers in verify/ (VERIFY.md), pages/, indexes/ and provenance/; go by what is printed here"
note "not checked by this script: that the verdicts are right, that the texts come out of the pages, what the captures say of titles, addresses and"
note "  statuses; archiver verify PACK.wacz --re-extract does that"
if [[ -z $roots ]]; then note "not checked without --roots: who made the timestamps, and whether the times of the records agree with them"; fi
if [[ -n $other ]]; then
    printf 'NOT CONFIRMED: the pack is whole, but signed by another key under the same name than the one that you gave. It may be older than an\n'
    printf 'exchange of the key, or somebody else'"'"'s, since anybody can use the name. Ask the signer for the key that was theirs then, for a\n'
    printf 'new pack, or for the hand-over, which archiver verify --handover can check.\n'
    exit 3
fi
if [[ -n $given && -n $doubt ]]; then
    printf 'INTACT, and signed by the key that you gave; but times in it are those of a clock that was wrong: rely for them on the timestamps only.\n'
    exit 3
fi
if [[ -n $given ]]; then
    printf 'INTACT, and signed by the key that you gave.\n'
    exit 0
fi
printf 'INTACT, SIGNER UNKNOWN: the pack is whole, but anybody could have made it. Get the signer'"'"'s key from the signer by another way\n'
printf '(their page, a letter), and run: bash verify.sh PACK.wacz KEY\n'
exit 3
