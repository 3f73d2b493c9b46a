# syntax=docker/dockerfile:1
FROM node:22-bookworm-slim AS build
RUN apt-get update && apt-get install -y --no-install-recommends python3 make g++ && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
RUN npm run build && npm prune --omit=dev

FROM node:22-bookworm-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY --from=build /app/src/web/assets ./src/web/assets
COPY package.json ./
COPY contexts ./contexts
COPY schemas ./schemas
COPY keys.example ./keys.example
RUN mkdir -p /data && chown node:node /data
USER node
ENV TOUCHSTONE_DATA_DIR=/data
# The port is published by whoever runs the container; inside it, loopback would be reached by nobody.
ENV TOUCHSTONE_LISTEN=all
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.PORT ?? 8080) + '/readyz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# Without it the memory of a slow credential is collected in threads that take the processors from everybody else (decision 13).
CMD ["node", "--single-threaded-gc", "dist/main.js"]
