import { describe, expect, it } from "vitest";
import { TELEGRAM_HTML } from "../../src/readers/formats/telegram-html.ts";
import { VK_HTML } from "../../src/readers/formats/vk-html.ts";
import { type CollectedMessage, collect, encode } from "./collect.ts";
