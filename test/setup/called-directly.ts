/** `npx vitest` is no `npx verify`: the commands that tests read are those of somebody who calls verify directly. */
delete process.env.npm_command
