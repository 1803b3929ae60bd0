// trap: rouse: bug: a semaphore of more than ROUSE_SEMAPHORE_MAX permits
#include <rouse/rouse.h>

int main(void)
{
    struct rouse_semaphore semaphore;
    rouse_semaphore_init(&semaphore, ROUSE_SEMAPHORE_MAX + 1);
}
