/*
 * Leases (docs/leases.md): a resource that programs on three nodes share, one at a time.
 *
 * The state that all members agree on is one number: an even one is the token of a grant that is in
 * force, the odd one above it says that its holder is proven not to use it any more. It travels with
 * the token of the view, so that all hear of changes in one order; a new view begins with the most
 * advanced state of its members. Claimed, for all orders of events:
 *
 *   exclusive  no two programs are inside their leases at the same moment,
 *   fenced     the store takes nothing from an old holder after it has taken something from a new
 *              one, also when the old one was stopped between looking at its clock and writing.
 *
 * Deliberate faults, each of which must break a claim: see spec/check.
 */
#include "ring.pml"

#define LEASE 2   /* ticks from the visit of the token that counts to the expiry */
#ifndef PROGRAMS
#define PROGRAMS 5   /* on which nodes there are programs that want it: a bit for each */
#endif
#ifdef NO_MARGIN
#define WAIT LEASE
#else
#define WAIT (LEASE + 1)   /* a clock may be a tick late in a lease */
#endif
#ifdef COUNT_GOES_ON
#define waits(v) members[v]
#define over(v)  skip
#else
#define waits(v) (members[v] && !free(sent[v]) && !has(members[v], holder[sent[v]]))
#define over(v)  since[v] = 0
#endif
#ifdef NO_WAIT
#define waited(v) true
#else
#define waited(v) (since[v] >= WAIT)
#endif
#ifdef TELL_EARLY
#define all_know(v) true
#else
#define all_know(v) (received[v] == members[v])
#endif
#ifdef FROM_THIS_VISIT
#define proven_for(n) 0
#else
#define proven_for(n) quiet[n]
#endif
#ifdef STORE_TAKES_ALL
#define refused(t) false
#else
#define refused(t) ((t) < taken)
#endif

byte state[NODES];             /* what a node knows */
byte sent[VIEWS + 1];          /* what the token of a view carries */
byte received[VIEWS + 1];      /* whose visits the token has had since it carries that */
byte holder[2 * VIEWS + 2];    /* of each grant; a history, no node looks at another's */
byte told[NODES];              /* the token that the program on a node holds; 0 for none */
byte left[NODES];              /* what is left of its lease by its own clock */
bool slow[NODES];              /* its clock has lost a tick in this lease */
bool says[NODES];              /* its daemon has to tell that the program has stopped using it */
byte stopped;                  /* with this token a program looked at its clock, and was stopped */
byte taken;                    /* the largest token of a write that the store took */

#define holds(n)   (view[n] && !free(state[n]) && holder[state[n]] == n)
#define free(s)    (((s) & 1) || (s) == 0)
#define uses(n)    (told[n] && left[n] > 0)
#define alone(n)   (!uses(((n) + 1) % 3) && !uses(((n) + 2) % 3))

/* What the coordinator puts into the order when the token is with it. */
inline coordinate(n, v) {
  if
  :: free(state[n]) && state[n] < 2 * v && (members[v] & PROGRAMS) ->
       state[n] = 2 * v;
       if
       :: has(members[v] & PROGRAMS, 0) -> holder[state[n]] = 0
       :: has(members[v] & PROGRAMS, 1) -> holder[state[n]] = 1
       :: has(members[v] & PROGRAMS, 2) -> holder[state[n]] = 2
       fi
  :: !free(state[n]) && !has(members[v], holder[state[n]]) && waited(v) -> state[n]++
  :: true
  fi
}

/* The token comes to a node, which does its part and passes it on. */
inline visit(n, v) {
  state[n] = sent[v];
  if
  :: says[n] && !free(state[n]) && holder[state[n]] == n -> state[n]++
  :: else
  fi;
  says[n] = 0;
  if
  :: n == lowest(members[v]) -> coordinate(n, v)
  :: else
  fi;
  if
  :: state[n] != sent[v] -> sent[v] = state[n]; received[v] = 0
  :: else
  fi;
  if
  :: !told[n] && !free(state[n]) && holder[state[n]] == n && all_know(v) ->
       told[n] = state[n];
       left[n] = 0
  :: else
  fi;
  received[v] = received[v] | one(n);
  extend(n);
  quiet[n] = 0;
  token[v] = after(v, n)
}

/* A lease counts from the visit before this one: that the token came back proves it. */
inline extend(n) {
  if
  :: told[n] ->
       if
       :: LEASE - proven_for(n) > left[n] -> left[n] = LEASE - proven_for(n); slow[n] = 0
       :: else
       fi;
       if
       :: left[n] == 0 -> told[n] = 0
       :: else -> assert(alone(n))
       fi
  :: else
  fi
}

/* A program writes while it is inside its lease. */
inline write(n) {
  assert(told[n] >= taken);
  taken = told[n]
}

/* The stopped program goes on and writes, without another look at its clock. */
inline late_write() {
  if
  :: refused(stopped) -> skip
  :: else -> assert(stopped >= taken); taken = stopped
  fi;
  stopped = 0
}

/* A view that all have left: nothing of it can come up again. */
inline forget(v) {
  if
  :: view[0] != v && view[1] != v && view[2] != v ->
       members[v] = 0; token[v] = 0; sent[v] = 0; received[v] = 0; over(v)
  :: else
  fi
}

#ifdef FORGETFUL
#define best(set)  state[lowest(set)]
#else
#define larger(a, b)  ((a) > (b) -> (a) : (b))
#define known(set, n) (has(set, n) -> state[n] : 0)
#define best(set)  larger(known(set, 0), larger(known(set, 1), known(set, 2)))
#endif

/* All members of a set, none of which is in a view, agree on a new one. */
inline agree(set) {
  newest++;
  members[newest] = set;
  token[newest] = lowest(set);
  received[newest] = set;
  sent[newest] = best(set);
#ifdef COUNT_GOES_ON
  since[newest] = since[newest - 1];
#else
  since[newest] = 0;
#endif
  enter(set, 0); enter(set, 1); enter(set, 2)
}

inline enter(set, n) {
  if
  :: has(set, n) -> view[n] = newest; state[n] = sent[newest]; quiet[n] = (holds(n) -> LEASE : 0)
  :: else
  fi
}

proctype node(byte me) {
  byte v;
  do
  :: atomic { view[me] && token[view[me]] == me -> v = view[me]; visit(me, v); v = 0 }
  :: d_step {
       view[me] ->
         v = view[me];
         view[me] = 0;
         quiet[me] = 0;
         says[me] = 0;
         forget(v);
         v = 0
     }
  :: d_step { uses(me) && view[me] -> told[me] = 0; left[me] = 0; says[me] = 1 }
  :: d_step { uses(me) && taken < told[me] -> write(me) }
  :: d_step { uses(me) && !stopped -> stopped = told[me] }
#ifdef MINORITY
  :: d_step { view[me] == 0 && newest < VIEWS -> agree(one(me)) }
#endif
  od
}

#define ready(set)  (newest < VIEWS && (!has(set, 0) || view[0] == 0) && \
                     (!has(set, 1) || view[1] == 0) && (!has(set, 2) || view[2] == 0))

/* A clock may lose a tick in a lease; a program whose lease is over stops, and its daemon says so. */
inline pass(n) {
  if
  :: holds(n) -> grow(quiet[n], LEASE)
  :: else -> quiet[n] = 0
  fi;
  if
  :: left[n] > 0 && !slow[n] -> slow[n] = 1
  :: left[n] > 0 -> left[n]--
  :: else
  fi;
  if
  :: told[n] && left[n] == 0 -> told[n] = 0; slow[n] = 0; says[n] = (view[n] != 0)
  :: else
  fi
}

/* Only a view that has to wait for somebody counts. */
inline wait(v) {
  if
  :: waits(v) -> grow(since[v], WAIT)
  :: else
  fi
}

proctype world() {
  do
  :: d_step { stopped -> late_write() }
  :: d_step { ready(3) -> agree(3) }
  :: d_step { ready(5) -> agree(5) }
  :: d_step { ready(6) -> agree(6) }
  :: d_step { ready(7) -> agree(7) }
  :: atomic {
       pass(0); pass(1); pass(2);
       wait(1); wait(2); wait(3)
     }
  od
}

init {
  atomic {
    run node(0); run node(1); run node(2); run world()
  }
}
