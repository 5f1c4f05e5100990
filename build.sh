#!/usr/bin/env bash
# Builds, runs and tests Gatehouse. Without an argument: builds target/gatehouse.jar.
set -euo pipefail
cd "$(dirname "$0")"

fail() {
  echo "build.sh: $*" >&2
  exit 1
}

usage() {
  cat <<'END'
usage: ./build.sh [COMMAND]

  build                            makes target/gatehouse.jar; what is done without a command
  run [FLAG...]                    builds what is missing and starts it; --help shows the flags
  test [MAVEN FLAG...]             runs every test that this machine can run
  conformance                      runs the official MCP conformance suite
  bench [PART...]                  measures speed, size and memory
  reproducible                     builds it again elsewhere, and compares the bytes
  screenshots [DIR]                draws every page in every state
  guessing                         guesses passwords, and measures what that tells
  fuzz [TARGET|all [SECONDS [SEED]]]
                                   looks for inputs that break what reads them
  crash [ROUNDS]                   kills a server under load, and asks what it still knows
  siege [SECONDS [ATTACK...]]      measures an honest client while the server is attacked
END
}

need_tools() {
  command -v javac >/dev/null || fail "no JDK found; install one of version 17 or newer (Debian: apt-get install openjdk-17-jdk)"
  local version
  version=$(javac -version 2>&1 | sed 's/javac \([0-9]*\).*/\1/')
  [ "$version" -ge 17 ] || fail "JDK $version found, 17 or newer is needed (Debian: apt-get install openjdk-17-jdk)"
  command -v mvn >/dev/null || fail "Maven not found; install it (Debian: apt-get install maven)"
}

# The jar is rebuilt when a file it is made of is newer.
stale() {
  [ ! -f target/gatehouse.jar ] || [ -n "$(find pom.xml src/main templates -newer target/gatehouse.jar -print -quit)" ]
}

package() {
  need_tools
  echo "building; the first time, Maven fetches what it needs" >&2
  # Without the jars of sources and Javadoc, which "test" and mvn install make.
  mvn -q -B -Dmaven.test.skip=true -Dmaven.javadoc.skip=true -Dmaven.source.skip=true package
  echo "target/gatehouse.jar ($(wc -c < target/gatehouse.jar) bytes)"
  archive
}

java=${JAVA_HOME:+$JAVA_HOME/bin/}java

# The archive of the classes that a start takes: it halves the start. It belongs to one jar and one
# JDK, whose version is in its name; the JVM itself ignores one that does not fit what it runs.
archive_name() {
  local home version
  home=$(dirname "$(dirname "$(readlink -f "$(command -v "$java")")")")
  version=$(sed -n 's/^JAVA_RUNTIME_VERSION="\(.*\)"/\1/p' "$home/release" 2>/dev/null) || true
  case "$version" in
    "") ;;
    1[7-9].* | 2[0-4].*) echo "target/gatehouse-$version.jsa" ;; # class data sharing
    *) echo "target/gatehouse-$version.aot" ;;                   # JEP 514
  esac
}

# Makes it by starting the server once and using it, as Training.java says.
archive() {
  local file flag
  file=$(archive_name)
  [ -n "$file" ] || return 0
  rm -f "$file"
  case "$file" in
    *.jsa) flag=-XX:ArchiveClassesAtExit=$file ;;
    *.aot) flag=-XX:AOTCacheOutput=$file ;;
  esac
  "$java" src/test/java/gatehouse/bench/Training.java "$java" "$flag" -jar target/gatehouse.jar || true
  if [ -f "$file" ]; then
    echo "$file ($(wc -c < "$file") bytes, for a faster ./build.sh run)"
  else
    echo "no archive of classes could be made; the start takes longer without"
  fi
}

# What the JVM is told about it: nothing if there is none, or one that is older than the jar. One
# that it cannot use is left aside without a word. A fifth of the start that is left is compiling
# what is never called so often again; so a method is called four times as often before it is.
archive_flags() {
  local file late=-XX:CompileThresholdScaling=4
  file=$(archive_name)
  if [ -n "$file" ] && [ "$file" -nt target/gatehouse.jar ]; then
    case "$file" in
      *.jsa) echo "-XX:SharedArchiveFile=$file -Xlog:cds*=off $late" ;;
      *.aot) echo "-XX:AOTCache=$file -Xlog:aot*=off $late" ;;
    esac
  fi
}

# The same sources give the same bytes, wherever they lie.
reproducible() {
  local copy
  if stale; then package; else need_tools; fi
  copy=$(mktemp -d)
  # shellcheck disable=SC2064 # the folder of now
  trap "rm -rf '$copy'" EXIT
  mkdir "$copy/src"
  cp -R src/main "$copy/src"
  cp -R pom.xml templates "$copy"
  (cd "$copy" && mvn -q -B -Dmaven.test.skip=true -Dmaven.javadoc.skip=true -Dmaven.source.skip=true package)
  for jar in gatehouse.jar gatehouse-thin.jar; do
    cmp "target/$jar" "$copy/target/$jar" || fail "$jar has other bytes when it is built in another directory"
  done
  echo "the same bytes again"
}

# Clients in JavaScript that the tests use; without npm those tests say that they were skipped.
javascript() {
  if command -v npm >/dev/null; then
    if [ ! -d src/test/js/node_modules ] || [ src/test/js/package.json -nt src/test/js/node_modules ]; then
      (cd src/test/js && npm install --no-package-lock --no-audit --no-fund --loglevel=error)
      touch src/test/js/node_modules
    fi
  else
    echo "npm not found: the tests with JavaScript clients are skipped"
  fi
}

# A program of the test tree: its class, and arguments for it.
test_program() {
  if stale; then package; else need_tools; fi
  mvn -q -B test-compile dependency:build-classpath -Dmdep.includeScope=test \
    -Dmdep.outputFile="$PWD/target/test-classpath"
  "$java" -Djava.util.logging.config.file=src/test/resources/logging.properties \
    -cp "target/test-classes:target/classes:$(cat target/test-classpath)" "$@"
}

# Looks for inputs that break what the …Fuzz classes assert, for so many seconds each. New inputs
# stay in target/fuzz; one that fails belongs into src/test/resources/fuzz with its mend.
fuzz() {
  local wanted=${1:-} seconds=${2:-60} seed=${3:-0} file name class
  need_tools
  mvn -q -B test-compile
  mvn -q -B -Pfuzz dependency:build-classpath -DincludeScope=test -Dmdep.outputFile="$PWD/target/fuzz-classpath" >/dev/null
  find src/test/java -name "*Fuzz.java" | sort | while read -r file; do
    name=$(basename "$file" .java)
    [ -z "$wanted" ] || [ "$wanted" = all ] || [ "$wanted" = "$name" ] || continue
    class=${file#src/test/java/}
    class=${class%.java}
    mkdir -p "target/fuzz/$name/found"
    echo "== $name"
    java -Xmx1g -cp "target/test-classes:target/classes:$(cat target/fuzz-classpath)" \
      com.code_intelligence.jazzer.Jazzer --target_class="${class//\//.}" \
      --instrumentation_includes='gatehouse.**:com.eclipsesource.**' --disabled_hooks=com.code_intelligence.jazzer.sanitizers.RegexInjection \
      --reproducer_path=target/fuzz -max_total_time="$seconds" -seed="$seed" -max_len=4096 -timeout=60 -rss_limit_mb=0 \
      -print_final_stats=1 -artifact_prefix="target/fuzz/$name/failed-" \
      "target/fuzz/$name/found" "src/test/resources/fuzz/$name" >"target/fuzz/$name/log" 2>&1 </dev/null ||
      { cat "target/fuzz/$name/log"; fail "$name: see target/fuzz/$name/failed-*"; }
    grep -E 'DONE|number_of_executed_units' "target/fuzz/$name/log"
  done
}

case "${1:-build}" in
  build)
    package
    ;;
  run)
    shift
    if stale; then package; elif [ -z "$(archive_flags)" ]; then archive >&2; fi
    # shellcheck disable=SC2046 # several words
    exec "$java" $(archive_flags) -jar target/gatehouse.jar "$@"
    ;;
  test)
    shift
    need_tools
    javascript
    mvn -B verify "$@"
    ;;
  conformance)
    shift
    command -v node >/dev/null || fail "Node not found; the conformance suite runs on it (Debian: apt-get install nodejs npm)"
    if stale; then package; else need_tools; fi
    javascript
    mvn -q -B test-compile
    FIXTURES_CLASSPATH="$PWD/target/gatehouse.jar:$PWD/target/test-classes" \
      node src/test/js/conformance/run.mjs "$@"
    ;;
  bench)
    shift
    if stale; then package; elif [ -z "$(archive_flags)" ]; then archive; fi
    test_program gatehouse.bench.Bench "$@"
    ;;
  screenshots)
    test_program gatehouse.browser.Screenshots "${2:-target/screenshots}"
    ;;
  guessing)
    test_program gatehouse.attack.PasswordGuessing
    ;;
  reproducible)
    reproducible
    ;;
  archive-flags)
    archive_flags
    ;;
  fuzz)
    shift
    fuzz "$@"
    ;;
  siege)
    # An honest client while the server is attacked: seconds each, and which attacks.
    shift
    test_program gatehouse.attack.Siege "$@"
    ;;
  crash)
    # Kills the server, and the store alone, so many times.
    need_tools
    mvn -B test -Dtest='CrashTest,JournalStoreCrashTest' -Dgatehouse.crash.rounds="${2:-200}"
    ;;
  help | --help | -h)
    usage
    ;;
  *)
    usage >&2
    exit 2
    ;;
esac
