/*
 * A resource that the cluster runs on one of three nodes at a time, and what has to be proven before
 * it is started elsewhere (docs/fencing.md, docs/guard.md).
 *
 * A node feeds its watchdog while it had the token within the last token timeout, or runs nothing. A
 * daemon may stand still at any moment and for any time; what it has started goes on. The members of
 * a view start the resource when each other node is a member that said it does not run it, or when
 * there is a proof for it in this view: its watchdog has run out, its power was cut, it let go.
 * Claimed, for all orders of events: the resource never runs on two nodes.
 *
 * Deliberate faults, each of which must break that: see spec/check.
 */
#include "ring.pml"

#define TOKEN 1      /* token timeout */
#define WATCHDOG 1   /* timeout of the watchdog */
#define LATE 1       /* a watchdog may be so late */
#define FULL (WATCHDOG + LATE)
#ifdef SHORT_BOUND
#define BOUND (2 * TOKEN + WATCHDOG + LATE)
#else
#define BOUND (3 * TOKEN + WATCHDOG + LATE)
#endif

#ifdef NO_STALL_CHECK
#define noticed(n) false
#else
#define noticed(n) (still[n] > TOKEN + 1)
#endif
#ifdef FEED_ALWAYS
#define may_feed(n) true
#else
#define may_feed(n) (quiet[n] <= TOKEN || !runs[n])
#endif
#ifdef COUNT_GOES_ON
#define over(v) skip
#define first_count since[newest - 1]
#define waits(v) members[v]
#else
#define over(v) since[v] = 0
#define first_count 0
#define waits(v) (members[v] && (may[v] & ~members[v]))
#endif
#ifdef IN_ONE_VISIT
#define expired_before(v) expired(v)
#else
#define expired_before(v) skip
#endif
#ifdef OLD_ANSWER
#define for_view(question, v) ((question) <= (v))
#else
#define for_view(question, v) ((question) == (v))
#endif
#ifdef EARLY_ANSWER
#define let_go(n) skip
#else
#define let_go(n) runs[n] = 0
#endif
#ifdef BELIEVES_LIES
#define lies true
#else
#define lies false
#endif

bool off[NODES];         /* no power */
bool runs[NODES];        /* the truth of the resource */
byte bites[NODES];       /* ticks until the watchdog must have reset a machine that is not fed */
byte still[NODES];       /* ticks that a daemon has stood still, and one; 0 when it does not */
byte asked[NODES];       /* the view that asks a node to let go; 0 for none */
byte gone[NODES];        /* the view to which its answer is on its way; 0 for none */
byte may[VIEWS + 1];     /* of each view: who may run it, as far as its members know */
byte order[VIEWS + 1];   /* the start that is on its way in a view; NOBODY for none */

#define turns(n)   (!off[n] && !still[n])
#define in(v, n)   (view[n] == (v) && turns(n))

inline begin(n) {
  runs[n] = 1;
  assert(runs[0] + runs[1] + runs[2] == 1)
}

inline power_off(n) {
  off[n] = 1; runs[n] = 0; view[n] = 0; quiet[n] = 0; bites[n] = 0; still[n] = 0; asked[n] = 0
}

/* The token comes to a node. The coordinator decides; who is ordered to start does so at once. */
inline visit(n, v) {
  quiet[n] = 0;
  if
  :: n == lowest(members[v]) -> coordinate(n, v)
  :: else
  fi;
  if
  :: order[v] == n -> order[v] = NOBODY; begin(n)
  :: else
  fi;
  token[v] = after(v, n)
}

/*
 * Nobody else may run it: a member is chosen. That a watchdog has run out is told at one visit of the
 * token, and what follows from it at the next: so all members were still in this view when the time
 * was over, and none has let the lost node into another one before.
 */
inline coordinate(n, v) {
  expired_before(v);
  if
  :: may[v] == 0 && has(members[v], 0) -> may[v] = 1; order[v] = 0
  :: may[v] == 0 && has(members[v], 1) -> may[v] = 2; order[v] = 1
  :: may[v] == 0 && has(members[v], 2) -> may[v] = 4; order[v] = 2
  :: true
  fi;
  expired(v)
}

/* The watchdogs of all that are not members have run out. */
inline expired(v) {
  if
  :: since[v] >= BOUND -> may[v] = may[v] & members[v]
  :: else
  fi
}

/* A view that all have left: nothing of it can come up again. */
inline forget(v) {
  if
  :: view[0] != v && view[1] != v && view[2] != v ->
       members[v] = 0; token[v] = 0; may[v] = 0; order[v] = NOBODY;
       over(v)
  :: else
  fi
}

/* All members of a set, none of which is in a view, agree on a new one and say what they run. */
inline agree(set) {
  newest++;
  members[newest] = set;
  token[newest] = lowest(set);
  since[newest] = first_count;
  order[newest] = NOBODY;
  may[newest] = (7 & ~set) | (set & (runs[0] + 2 * runs[1] + 4 * runs[2]));
  enter(set, 0); enter(set, 1); enter(set, 2)
}

inline enter(set, n) {
  if
  :: has(set, n) -> view[n] = newest; quiet[n] = 0
  :: else
  fi
}

inline leave(n) {
  v = view[n];
  view[n] = 0;
  forget(v);
  v = 0
}

proctype node(byte me) {
  byte v;
  do
  :: atomic { view[me] && token[view[me]] == me && turns(me) -> v = view[me]; visit(me, v); v = 0 }
  :: d_step { view[me] && turns(me) -> leave(me) }
#ifdef BY_TIME
  :: d_step { turns(me) && (view[me] || runs[me]) -> still[me] = 1 }
  :: atomic {
       still[me] ->
         if
         :: noticed(me) && view[me] -> leave(me)
         :: !noticed(me) && view[me] && quiet[me] >= TOKEN -> leave(me)
         :: !noticed(me) && view[me] && token[view[me]] == me ->
              v = view[me];
              visit(me, v);
              v = 0
         :: view[me] == 0 || quiet[me] < TOKEN
         fi;
         still[me] = 0
     }
  :: d_step { bites[me] <= LATE && runs[me] -> v = view[me]; power_off(me); forget(v); v = 0 }
#endif
  :: d_step { view[me] == 0 && runs[me] && turns(me) -> runs[me] = 0 }
  :: d_step { asked[me] && view[me] == 0 && turns(me) -> let_go(me); gone[me] = asked[me]; asked[me] = 0 }
  :: d_step { off[me] -> off[me] = 0; bites[me] = FULL }
#ifdef MINORITY
  :: d_step { view[me] == 0 && newest < VIEWS && turns(me) -> agree(one(me)) }
#endif
  od
}

#define there(v)         (in(v, 0) || in(v, 1) || in(v, 2))
#define lost(v, n)       (members[v] && !has(members[v], n) && has(may[v], n) && there(v))
#define ready(set)       (newest < VIEWS && awaits(set, 0) && awaits(set, 1) && awaits(set, 2))
#define awaits(set, n)   (!has(set, n) || (view[n] == 0 && turns(n)))
/* Who turns and has had no token for the whole timeout leaves before time goes on. */
#define patient(n)       (!turns(n) || view[n] == 0 || quiet[n] < TOKEN)

/* The daemon feeds as late as it may; a watchdog that was not fed bites at last. */
inline pass(n) {
  if
  :: view[n] || runs[n] -> grow(quiet[n], TOKEN + 1)
  :: else -> quiet[n] = 0
  fi;
  if
  :: off[n] || !runs[n] -> bites[n] = FULL
  :: else ->
       if
       :: still[n] == 0 && may_feed(n) -> bites[n] = FULL
       :: else -> bites[n]--
       fi
  fi;
  if
  :: still[n] -> grow(still[n], TOKEN + 2)
  :: else
  fi
}

inline bite(n) {
  if
  :: runs[n] && bites[n] == 0 -> v = view[n]; power_off(n); forget(v); v = 0
  :: else
  fi
}

inline wait(v) {
  if
  :: waits(v) -> grow(since[v], BOUND)
  :: else
  fi
}

proctype world() {
  byte v;
  do
  :: d_step { ready(3) -> agree(3) }
  :: d_step { ready(5) -> agree(5) }
  :: d_step { ready(6) -> agree(6) }
  :: d_step { ready(7) -> agree(7) }
#ifdef BY_TIME
  :: d_step {
       patient(0) && patient(1) && patient(2) ->
         pass(0); pass(1); pass(2);
         wait(1); wait(2); wait(3);
         bite(0); bite(1); bite(2)
     }
#endif
  od
}

/* One for each node: the fencing device, the question to let go, its answer. */
proctype ladder(byte whom) {
  byte v, old;
  do
  :: atomic {
       if
       :: lost(1, whom) -> v = 1
       :: lost(2, whom) -> v = 2
       :: lost(3, whom) -> v = 3
       fi;
       old = view[whom];
       if
       :: power_off(whom); may[v] = may[v] & ~one(whom); forget(old)
       :: lies -> may[v] = may[v] & ~one(whom)
       :: asked[whom] == 0 -> asked[whom] = v
       :: gone[whom] && for_view(gone[whom], v) -> may[v] = may[v] & ~one(whom); gone[whom] = 0
       fi;
       v = 0;
       old = 0
     }
  :: d_step { gone[whom] -> gone[whom] = 0 }
  od
}

init {
  atomic {
    bites[0] = FULL; bites[1] = FULL; bites[2] = FULL;
    order[1] = NOBODY; order[2] = NOBODY; order[3] = NOBODY;
    run node(0); run node(1); run node(2); run world();
#ifndef BY_TIME
    run ladder(0); run ladder(1); run ladder(2)
#endif
  }
}
