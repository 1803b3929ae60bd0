// trap: rouse: bug: released more permits of a semaphore than were taken
// trap: at tests/traps/semaphore_release_too_many.c:11
#include <rouse/rouse.h>

int main(void)
{
    struct rouse_semaphore semaphore;
    rouse_semaphore_init(&semaphore, 3);
    (void)rouse_semaphore_try_acquire(&semaphore, 2);
    rouse_semaphore_release(&semaphore, 1);
    rouse_semaphore_release(&semaphore, 2);
}
