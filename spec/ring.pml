/*
 * What both models have in common: three nodes, their views, and one token a view.
 *
 * A view is a set of nodes with a majority; there are at most VIEWS of them, numbered as they are
 * agreed. A node leaves its view whenever it likes (it heard a JOIN, or lost the token). Nodes that
 * have left may agree on a new view in one step; whoever is not among them hears nothing of it. The
 * token of a view may be on its way for any time, also to nodes which others have left behind, and
 * is lost with the view.
 *
 * Time is counted in ticks and only as differences, so that the models have finitely many states.
 */
#define NODES 3
#ifndef VIEWS
#define VIEWS 3
#endif
#define NOBODY 3

byte view[NODES];          /* the view a node is in; 0 for none */
byte quiet[NODES];        /* ticks since it had the token of this view */
byte members[VIEWS + 1];   /* of each view, a bit for each node */
byte token[VIEWS + 1];     /* to whom the token of a view is on its way */
byte since[VIEWS + 1];     /* ticks since a view was agreed */
byte newest;

#define one(n)        (1 << (n))
#define has(mask, n)  ((mask) & one(n))
#define lowest(mask)  (has(mask, 0) -> 0 : (has(mask, 1) -> 1 : 2))
#define after(v, n)   (has(members[v], ((n) + 1) % 3) -> ((n) + 1) % 3 : \
                      (has(members[v], ((n) + 2) % 3) -> ((n) + 2) % 3 : (n)))
#define grow(what, limit)  what = (what < (limit) -> what + 1 : (limit))
