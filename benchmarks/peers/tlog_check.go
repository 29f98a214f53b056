// Checks proofs with Go's own transparency log library (golang.org/x/mod/sumdb/tlog and note), which shares no code with archiver.
//
//	go run tlog_check.go < LINES      (Debian: apt install golang-go golang-golang-x-mod-dev; GO111MODULE=off GOPATH=/usr/share/gocode)
//
// Each line is a JSON object; the answer is a line with "true" or "false" for it.
package main

import (
	"bufio"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type question struct {
	Kind    string   // "inclusion", "consistency", "file"
	Index   int64    // of the leaf
	Size    int64    // of the tree
	Old     int64    // size of the older tree
	Leaf    string   // hash of the leaf, hex
	Root    string   // of the tree, hex
	OldRoot string   // of the older tree, hex
	Path    []string // the proof, hex
	Proof   string   // a tlog-proof file
	Entry   string   // what the leaf hash is over
	Vkey    string   // the log's verifier key
}

func hash(text string) (found tlog.Hash) {
	raw, err := hex.DecodeString(text)
	if err != nil || len(raw) != tlog.HashSize {
		panic("not a hash: " + text)
	}
	copy(found[:], raw)
	return
}

func hashes(texts []string) (found []tlog.Hash) {
	for _, text := range texts {
		found = append(found, hash(text))
	}
	return
}

// checkFile reads a tlog-proof (c2sp.org/tlog-proof) by itself and checks signature and inclusion.
func checkFile(q question) error {
	head, checkpoint, ok := strings.Cut(q.Proof, "\n\n")
	if !ok {
		return fmt.Errorf("no checkpoint")
	}
	lines := strings.Split(head, "\n")
	if len(lines) < 2 || lines[0] != "c2sp.org/tlog-proof@v1" || !strings.HasPrefix(lines[1], "index ") {
		return fmt.Errorf("no proof")
	}
	index, err := strconv.ParseInt(strings.TrimPrefix(lines[1], "index "), 10, 64)
	if err != nil {
		return err
	}
	var path []tlog.Hash
	for _, line := range lines[2:] {
		raw, err := base64.StdEncoding.DecodeString(line)
		if err != nil || len(raw) != tlog.HashSize {
			return fmt.Errorf("no hash")
		}
		path = append(path, hash(hex.EncodeToString(raw)))
	}
	verifier, err := note.NewVerifier(q.Vkey)
	if err != nil {
		return err
	}
	opened, err := note.Open([]byte(checkpoint), note.VerifierList(verifier))
	if err != nil {
		return err
	}
	parts := strings.Split(opened.Text, "\n")
	if len(parts) < 4 || parts[0] != verifier.Name() {
		return fmt.Errorf("no head of this log")
	}
	size, err := strconv.ParseInt(parts[1], 10, 64)
	if err != nil {
		return err
	}
	root, err := base64.StdEncoding.DecodeString(parts[2])
	if err != nil {
		return err
	}
	return tlog.CheckRecord(path, size, hash(hex.EncodeToString(root)), index, tlog.RecordHash([]byte(q.Entry)))
}

func check(q question) error {
	switch q.Kind {
	case "inclusion":
		return tlog.CheckRecord(hashes(q.Path), q.Size, hash(q.Root), q.Index, hash(q.Leaf))
	case "consistency":
		return tlog.CheckTree(hashes(q.Path), q.Size, hash(q.Root), q.Old, hash(q.OldRoot))
	case "file":
		return checkFile(q)
	}
	panic("unknown kind: " + q.Kind)
}

func main() {
	reader := bufio.NewScanner(os.Stdin)
	reader.Buffer(nil, 1<<24)
	writer := bufio.NewWriter(os.Stdout)
	defer writer.Flush()
	for reader.Scan() {
		var q question
		if err := json.Unmarshal(reader.Bytes(), &q); err != nil {
			panic(err)
		}
		fmt.Fprintln(writer, check(q) == nil)
	}
}
